import { z } from 'zod';

/** The flavor stored on the instance (L-26: the flavor row itself may be gone). */
export const Flavor = z.object({
  name: z.string(),
  /** MB */
  memoryMb: z.number().int().positive(),
  vcpus: z.number().int().positive(),
  /** GB; 0 for a volume-backed server or a root disk as large as the image */
  rootGb: z.number().int().nonnegative(),
  /** GB */
  ephemeralGb: z.number().int().nonnegative(),
  /** MB (captures: nova-calls fact 6) */
  swapMb: z.number().int().nonnegative(),
  /** `powervm:*` keys and others, untouched (section 8.2). */
  extraSpecs: z.record(z.string(), z.string()),
});
export type Flavor = z.infer<typeof Flavor>;

/** What the driver needs of a Nova instance. */
export const Instance = z.object({
  /** Nova's UUID, lower case. */
  uuid: z.uuid(),
  /** Result of `instance_name_template`; becomes the partition name after sanitising (ID-4). */
  name: z.string(),
  displayName: z.string().nullable(),
  host: z.string().nullable(),
  vmState: z.string().nullable(),
  taskState: z.string().nullable(),
  /** Nova's numeric power state as stored in its database. */
  powerState: z.number().int().nullable(),
  projectId: z.string().nullable(),
  flavor: Flavor,
  oldFlavor: Flavor.nullable(),
  newFlavor: Flavor.nullable(),
  /** Values of at most 255 characters. */
  systemMetadata: z.record(z.string(), z.string()),
});
export type Instance = z.infer<typeof Instance>;

/** The image to deploy. `id` may be null for a volume-backed server. */
export const Image = z.object({
  id: z.string().nullable(),
  name: z.string().nullable(),
  /** bytes */
  size: z.number().int().nonnegative().nullable(),
  diskFormat: z.string().nullable(),
  /** md5 where Glance still gives one (IMG-3) */
  checksum: z.string().nullable(),
  /** `os_distro` and other image properties. */
  properties: z.record(z.string(), z.unknown()),
});
export type Image = z.infer<typeof Image>;
