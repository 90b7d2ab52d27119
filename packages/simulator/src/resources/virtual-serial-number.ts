import { VirtualSerialNumberInformation as Declaration } from '@openstack-powervm/rest';
import type { VirtualSerialNumber } from '../world/virtual-serial-number.js';
import type { ResourceKind } from './resource-kind.js';
import { systemOf } from './system-address.js';

/** AssociatedPartitionId of a number that nobody carries (protocol reference 3.23). */
const UNASSIGNED = 65_535;

/** Protocol reference 3.23; capture vsn.txt. */
export const virtualSerialNumber: ResourceKind<VirtualSerialNumber, typeof Declaration.fields> = {
  type: Declaration,
  addresses: [{ parent: 'ManagedSystem', list: (console, id) => systemOf(console, id)?.serialNumbers }],
  identity: ({ uuid }) => ({ id: uuid, createdAt: 0 }),
  view: ({ number, partition, autoAssign }) => ({
    virtualSerialNumber: number,
    associatedPartitionId: partition?.id ?? UNASSIGNED,
    isAutoAssignCapable: autoAssign,
  }),
};
