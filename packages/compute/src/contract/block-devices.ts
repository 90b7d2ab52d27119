import { z } from 'zod';

/** A Cinder volume to connect; `connectionInfo` is Nova's, and may hold secrets (ISC-8). */
export const VolumeMapping = z.object({
  volumeId: z.string(),
  mountDevice: z.string().nullable(),
  bootIndex: z.number().int().nullable(),
  connectionInfo: z.record(z.string(), z.unknown()),
});
export type VolumeMapping = z.infer<typeof VolumeMapping>;

/** Nova's block_device_info in plain form. */
export const BlockDevices = z.object({
  rootDeviceName: z.string().nullable(),
  /** True when the root device is among the volumes (SPAWN-16). */
  bootFromVolume: z.boolean(),
  volumes: z.array(VolumeMapping),
  /** sizes in GB */
  ephemerals: z.array(z.object({ deviceName: z.string().nullable(), sizeGb: z.number().int() })),
  swapMb: z.number().int(),
});
export type BlockDevices = z.infer<typeof BlockDevices>;
