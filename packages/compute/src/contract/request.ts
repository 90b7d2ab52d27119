import { z } from 'zod';

/**
 * Who asked for an operation. Taken from Nova's RequestContext; periodic tasks and service start have no user
 * and no token (captures: nova-calls/README, fact 12).
 */
export const RequestContext = z.object({
  /** Nova's `req-…` id; every log line of the operation carries it (FLOW-7). */
  requestId: z.string(),
  userId: z.string().nullable(),
  projectId: z.string().nullable(),
});
export type RequestContext = z.infer<typeof RequestContext>;

/**
 * Where the driver fetches or stores image bytes, and with whose rights. Tokens are secrets: they are never
 * logged and never part of an error.
 */
export const ImageAccess = z.object({
  /** Base URL of the image service without the version path, e.g. `http://127.0.0.1:9292`. */
  endpoint: z.url(),
  token: z.string(),
  /**
   * Nova's own token, where `[service_user] send_service_user_token` is set: with it the image service accepts the
   * user's token although that has expired.
   */
  serviceToken: z.string().optional(),
});
export type ImageAccess = z.infer<typeof ImageAccess>;
