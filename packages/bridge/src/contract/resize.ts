import { Flavor } from '@openstack-powervm/compute';
import { z } from 'zod';
import { method, Nothing } from './method.js';
import { Migration, Updates, WithDevices, WithImage, WithVifs } from './shapes.js';

/** Text that Nova carries unchanged from the source to the destination. */
const DiskInfo = z.string();

const finishing = {
  ...WithDevices,
  ...WithImage,
  migration: Migration,
  diskInfo: DiskInfo,
  /** Whether the root disk must get the size of the new flavor. */
  resize: z.boolean(),
};

export const resizeMethods = {
  migrateDiskAndPowerOff: method(
    'migrateDiskAndPowerOff',
    {
      ...WithDevices,
      /** The address the destination gave for itself; `sameHost` is decided from it (MIG-2). */
      destination: z.string(),
      sameHost: z.boolean(),
      flavor: Flavor,
      /** seconds */
      timeout: z.number().nonnegative(),
      retryInterval: z.number().nonnegative(),
    },
    z.object({ diskInfo: DiskInfo }),
    { summary: 'Source side of a resize or cold migration', novaException: 'InstanceFaultRollback' },
  ),
  finishMigration: method('finishMigration', finishing, Updates, {
    summary: 'Destination side of a resize or cold migration: everything but power-on',
    novaException: 'InstanceFaultRollback',
    whenCallerLeaves: 'abort',
  }),
  undoFinishMigration: method('undoFinishMigration', { ...WithDevices, migration: Migration }, Nothing, {
    summary: 'Remove what a completed finishMigration made on another host (FIN-7)',
  }),
  confirmMigration: method('confirmMigration', { ...WithVifs, migration: Migration }, Nothing, {
    summary: 'Remove what the source kept',
  }),
  finishRevertMigration: method('finishRevertMigration', { ...WithDevices, migration: Migration }, Updates, {
    summary: 'Bring the source back to the old flavor: everything but power-on',
    novaException: 'InstanceFaultRollback',
  }),
};
