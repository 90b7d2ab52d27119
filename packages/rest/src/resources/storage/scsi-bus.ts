import { element, resource } from '../../schema/declare.js';
import { link, list, nested } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { Storage } from './storage.js';
import { TargetDevice } from './target-device.js';
import { ClientAdapter, ServerAdapter } from './virtual-adapters.js';

/** One disk on a bus. */
export const VirtualSCSIStorageAndTargetDevice = element(
  'VirtualSCSIStorageAndTargetDevice',
  { evidence: 'protocol reference 3.16; capture vscsibus_feed.txt' },
  {
    storage: nested(Storage, 'Storage', 'CUR', { since: 'V1_4_0' }),
    targetDevice: nested(TargetDevice, 'TargetDevice', 'CUR', { since: 'V1_4_0' }),
  },
);
export type VirtualSCSIStorageAndTargetDevice = Lens<typeof VirtualSCSIStorageAndTargetDevice>;

/** One pair of virtual SCSI adapters with all of its disks; can be edited without posting the VIOS. */
export const VirtualSCSIBus = resource(
  'VirtualSCSIBus',
  { evidence: 'protocol reference 3.16; capture vscsibus_feed.txt', parents: ['VirtualIOServer'] },
  {
    associatedLogicalPartition: link('AssociatedLogicalPartition', 'CUR', { since: 'V1_4_0' }),
    clientAdapter: nested(ClientAdapter, 'ClientAdapter', 'CUR', { since: 'V1_4_0' }),
    serverAdapter: nested(ServerAdapter, 'ServerAdapter', 'CUR', { since: 'V1_4_0' }),
    associatedMappings: list(VirtualSCSIStorageAndTargetDevice, 'AssociatedMappings', 'CUR', {
      since: 'V1_4_0',
    }),
  },
);
export type VirtualSCSIBus = Lens<typeof VirtualSCSIBus>;
