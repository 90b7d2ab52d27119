import { NovaOptions } from '@openstack-powervm/compute';
import { z } from 'zod';

/** Version of this contract. A daemon answers only a plug-in that speaks the same one. */
export const PROTOCOL = 1;

export const HANDSHAKE = 'handshake';

/**
 * The first request on every connection. `options` are the resolved values of `[powervm]` in nova.conf; the daemon
 * checks them against `PowerVMOptions`, so a bad one is refused here with its name.
 */
export const HandshakeParams = z.object({
  protocol: z.number().int(),
  shim: z.object({ version: z.string(), python: z.string() }),
  /** Nova's release and those of its own options that the driver reuses. */
  nova: z.object({ release: z.string(), ...NovaOptions.shape }),
  /** May hold secrets. */
  options: z.record(z.string(), z.unknown()),
});
export type HandshakeParams = z.infer<typeof HandshakeParams>;

export const HandshakeResult = z.object({
  protocol: z.number().int(),
  daemon: z.object({ version: z.string(), pid: z.number().int() }),
});
export type HandshakeResult = z.infer<typeof HandshakeResult>;
