import { type ScsiMapping, storageUdid } from './scsi-mapping.js';
import type { VirtualIOServer } from './vios.js';

/** The mappings that give this storage to a partition. */
export function usersOf(vios: VirtualIOServer, udid: string): ScsiMapping[] {
  return vios.scsiMappings.filter(
    (mapping) => mapping.storage !== undefined && storageUdid(mapping.storage) === udid,
  );
}
