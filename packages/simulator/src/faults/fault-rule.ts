import { z } from 'zod';
import { methods } from '../http/call.js';

const effect = z.discriminatedUnion('kind', [
  /** An HttpErrorResponse instead of the answer. */
  z.strictObject({
    kind: z.literal('error'),
    status: z.int().min(400).max(599),
    message: z.string().default('Injected fault.'),
    reasonCode: z.string().optional(),
  }),
  /** What a client takes for "VIOS busy" (protocol reference 1.13). */
  z.strictObject({ kind: z.literal('vios-busy') }),
  /** The connection breaks, before or after the request had its effect. */
  z.strictObject({ kind: z.literal('reset'), when: z.enum(['before', 'after']) }),
  /** No answer until the client gives up. */
  z.strictObject({ kind: z.literal('hang'), when: z.enum(['before', 'after']).default('before') }),
  /** Only the first bytes of the answer arrive. */
  z.strictObject({ kind: z.literal('truncate'), bytes: z.int().min(0) }),
  /** The session is unknown from now on. */
  z.strictObject({ kind: z.literal('expire-session') }),
  /** Waiting events are lost; readers get MISSING_EVENTS. */
  z.strictObject({ kind: z.literal('event-gap') }),
  /** The answer comes later. */
  z.strictObject({ kind: z.literal('delay'), ms: z.int().min(0).max(600_000) }),
  /** The job is accepted and fails, at its start or in one of its phases. Only for rules with `job`. */
  z.strictObject({
    kind: z.literal('job-failure'),
    message: z.string().default('Injected job failure.'),
    phase: z.string().optional(),
  }),
]);

/** One rule. All conditions that it names must hold; then it acts, at most `count` times. */
export const faultRuleSchema = z.strictObject({
  id: z.string().min(1).optional(),
  /** A route's name, `LogicalPartition.create`; see GET /simulator/about. */
  route: z.string().optional(),
  method: z.enum(methods).optional(),
  /** A path in which `*` stands for anything: `/rest/api/uom/VirtualIOServer/*`. */
  path: z.string().startsWith('/').optional(),
  /** UUID of an object in the path. */
  object: z.string().optional(),
  /** An operation, such as `PowerOn`. */
  job: z.string().optional(),
  /** How many matching requests pass before the rule acts. */
  skip: z.int().min(0).default(0),
  count: z.int().positive().optional(),
  /** 0 to 1, from the seeded generator. */
  probability: z.number().min(0).max(1).default(1),
  effect,
});

export type FaultRuleInput = z.input<typeof faultRuleSchema>;
/** A rule with its defaults; it gets an id when it is added. */
export type CheckedFaultRule = z.infer<typeof faultRuleSchema>;
export type FaultRule = CheckedFaultRule & { readonly id: string };
export type FaultEffect = FaultRule['effect'];
