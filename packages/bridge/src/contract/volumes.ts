import { z } from 'zod';
import { method, Nothing } from './method.js';
import { OfInstance, Updates } from './shapes.js';

const volume = {
  ...OfInstance,
  volumeId: z.string(),
  /** May hold secrets. */
  connectionInfo: z.record(z.string(), z.unknown()),
};

export const volumeMethods = {
  attachVolume: method(
    'attachVolume',
    { ...volume, mountDevice: z.string().nullable(), encryption: z.record(z.string(), z.unknown()) },
    Updates,
    { summary: 'Connect a Cinder volume', novaException: 'VolumeAttachFailed' },
  ),
  detachVolume: method(
    'detachVolume',
    { ...volume, mountDevice: z.string().nullable(), encryption: z.record(z.string(), z.unknown()) },
    Nothing,
    {
      summary: 'Disconnect a Cinder volume; a missing partition is success',
      novaException: 'VolumeDetachFailed',
    },
  ),
  extendVolume: method(
    'extendVolume',
    {
      ...volume,
      /** bytes */
      requestedSize: z.number().int(),
    },
    Nothing,
    { summary: 'Make the guest see the new size of a volume', novaException: 'VolumeExtendFailed' },
  ),
};
