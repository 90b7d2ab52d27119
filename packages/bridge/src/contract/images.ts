import { ImageAccess } from '@openstack-powervm/compute';
import { z } from 'zod';
import { method, Nothing } from './method.js';
import { OfInstance } from './shapes.js';

export const imageMethods = {
  snapshot: method(
    'snapshot',
    {
      ...OfInstance,
      /** The image that Nova has created and that takes the bytes. */
      imageId: z.string(),
      imageAccess: ImageAccess,
    },
    Nothing,
    {
      summary: 'Stream the boot disk to the image service; task states come as `taskState` notifications',
      whenCallerLeaves: 'abort',
    },
  ),
};
