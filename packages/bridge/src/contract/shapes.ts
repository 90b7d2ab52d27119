import { BlockDevices, Image, ImageAccess, Instance, Vif } from '@openstack-powervm/compute';
import { z } from 'zod';

/**
 * Changes that Nova must persist. Nova's objects never leave the plug-in, so what an operation wants stored comes
 * back as data and the plug-in saves it.
 */
export const Updates = z.object({
  /** Merged into `instance.system_metadata`; values of at most 255 characters. */
  systemMetadata: z.record(z.string(), z.string().max(255)).default({}),
  /** New `connection_info` by volume id (SPAWN-8). May hold secrets. */
  connectionInfo: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});
export type Updates = z.infer<typeof Updates>;

/** One instance. */
export const OfInstance = { instance: Instance };
/** One instance with its network interfaces. */
export const WithVifs = { instance: Instance, vifs: z.array(Vif) };
/** One instance with its network interfaces and block devices. */
export const WithDevices = { ...WithVifs, blockDevices: BlockDevices };
/** An image and the rights to read it; without rights (null) only cached or shared images can be used. */
export const WithImage = { image: Image, imageAccess: ImageAccess.nullable() };

/** Nova's migration record, as far as the driver needs it. */
export const Migration = z.object({
  uuid: z.string().nullable(),
  sourceHost: z.string().nullable(),
  destinationHost: z.string().nullable(),
  /** `resize`, `migration`, `evacuation`, `live-migration` */
  type: z.string().nullable(),
});
export type Migration = z.infer<typeof Migration>;
