import { resource } from '../../schema/declare.js';
import { decimal, integer, links, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** One of the 64 pools of a system; those with a maximum above 0 are defined. */
export const SharedProcessorPool = resource(
  'SharedProcessorPool',
  {
    evidence: 'protocol reference 3.19; captures managedsystem.txt, sys_with_sriov.txt',
    parents: ['ManagedSystem'],
  },
  {
    assignedPartitions: links('AssignedPartitions', 'CUD'),
    currentReservedProcessingUnits: decimal('CurrentReservedProcessingUnits', 'ROR', {
      unit: 'processor units',
    }),
    maximumProcessingUnits: decimal('MaximumProcessingUnits', 'CUD', { unit: 'processor units' }),
    pendingReservedProcessingUnits: decimal('PendingReservedProcessingUnits', 'CUD', {
      unit: 'processor units',
    }),
    poolID: integer('PoolID', 'ROR'),
    availableProcUnits: decimal('AvailableProcUnits', 'CUD', { unit: 'processor units' }),
    poolName: text('PoolName', 'CUR'),
  },
);
export type SharedProcessorPool = Lens<typeof SharedProcessorPool>;
