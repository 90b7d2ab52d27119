import type { Route } from '../http/route-table.js';
import { clientNetworkAdapter } from './client-network-adapter.js';
import { cluster } from './cluster.js';
import { enterprisePool, enterprisePoolMember } from './enterprise-pool.js';
import { fibreChannelClientAdapter } from './fibre-channel-client-adapter.js';
import { logicalPartition } from './logical-partition.js';
import { logicalUnit } from './logical-unit.js';
import { managedSystem } from './managed-system.js';
import { managementConsole } from './management-console.js';
import { networkBridge } from './network-bridge.js';
import {
  persistentMemoryDevice,
  persistentMemoryVolume,
  virtualPersistentMemoryVolume,
} from './persistent-memory.js';
import { resourceRoutes } from './resource-routes.js';
import { sharedProcessorPool } from './shared-processor-pool.js';
import { sharedStoragePool } from './shared-storage-pool.js';
import { sriovLogicalPort } from './sriov-logical-port.js';
import { tier } from './tier.js';
import { virtualIOServer } from './virtual-io-server.js';
import { virtualNetwork } from './virtual-network.js';
import { virtualNic } from './virtual-nic.js';
import { virtualSCSIBus } from './virtual-scsi-bus.js';
import { virtualSerialNumber } from './virtual-serial-number.js';
import { virtualSwitch } from './virtual-switch.js';
import { volumeGroup } from './volume-group.js';

/** Every type of objects that the simulator serves. A new type is a file of its own and a line here. */
export function allResourceRoutes(): Route[] {
  return [
    ...resourceRoutes(managementConsole),
    ...resourceRoutes(managedSystem),
    ...resourceRoutes(logicalPartition),
    ...resourceRoutes(virtualIOServer),
    ...resourceRoutes(volumeGroup),
    ...resourceRoutes(virtualSCSIBus),
    ...resourceRoutes(virtualSwitch),
    ...resourceRoutes(virtualNetwork),
    ...resourceRoutes(networkBridge),
    ...resourceRoutes(clientNetworkAdapter),
    ...resourceRoutes(sharedProcessorPool),
    ...resourceRoutes(enterprisePool),
    ...resourceRoutes(enterprisePoolMember),
    ...resourceRoutes(virtualSerialNumber),
    ...resourceRoutes(persistentMemoryDevice),
    ...resourceRoutes(persistentMemoryVolume),
    ...resourceRoutes(virtualPersistentMemoryVolume),
    ...resourceRoutes(fibreChannelClientAdapter),
    ...resourceRoutes(sriovLogicalPort),
    ...resourceRoutes(virtualNic),
    ...resourceRoutes(cluster),
    ...resourceRoutes(sharedStoragePool),
    ...resourceRoutes(tier),
    ...resourceRoutes(logicalUnit),
  ];
}
