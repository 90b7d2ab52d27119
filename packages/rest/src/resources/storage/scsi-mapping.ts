import { element } from '../../schema/declare.js';
import { link, nested } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { Storage } from './storage.js';
import { TargetDevice } from './target-device.js';
import { ClientAdapter, ServerAdapter } from './virtual-adapters.js';

/**
 * One target device on one pair of adapters. Several mappings with the same server adapter are several disks on
 * one bus; without ClientAdapter the mapping is an orphan.
 */
export const VirtualSCSIMapping = element(
  'VirtualSCSIMapping',
  { evidence: 'protocol reference 3.14; captures fake_vios_feed.txt, fake_vios_mappings.txt' },
  {
    associatedLogicalPartition: link('AssociatedLogicalPartition', 'CUR'),
    clientAdapter: nested(ClientAdapter, 'ClientAdapter', 'CUR'),
    serverAdapter: nested(ServerAdapter, 'ServerAdapter', 'CUR'),
    storage: nested(Storage, 'Storage', 'CUR'),
    targetDevice: nested(TargetDevice, 'TargetDevice', 'CUR'),
  },
);
export type VirtualSCSIMapping = Lens<typeof VirtualSCSIMapping>;
