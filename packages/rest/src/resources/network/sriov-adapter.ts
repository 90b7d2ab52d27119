import { element } from '../../schema/declare.js';
import { integer, list, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import {
  SRIOVConvergedNetworkAdapterPhysicalPort,
  SRIOVEthernetPhysicalPort,
  SRIOVRoCEPhysicalPort,
} from './sriov-physical-port.js';

/** A logical port that nobody uses. */
export const SRIOVUnconfiguredLogicalPort = element(
  'SRIOVUnconfiguredLogicalPort',
  { evidence: 'protocol reference 3.10; capture sys_with_sriov.txt' },
  {
    dynamicReconfigurationConnectorIndex: integer('DynamicReconfigurationConnectorIndex', 'ROR'),
    dynamicReconfigurationConnectorName: text('DynamicReconfigurationConnectorName', 'ROR'),
    locationCode: text('LocationCode', 'ROR'),
  },
);
export type SRIOVUnconfiguredLogicalPort = Lens<typeof SRIOVUnconfiguredLogicalPort>;

/**
 * An SR-IOV adapter of the system. A dedicated one shows state NotConfigured and no ports. Changed by posting the
 * managed system.
 */
export const SRIOVAdapter = element(
  'SRIOVAdapter',
  { evidence: 'protocol reference 3.10; capture sys_with_sriov.txt' },
  {
    adapterID: integer('AdapterID', 'ROR'),
    description: text('Description', 'CUD'),
    physicalLocation: text('PhysicalLocation', 'ROR'),
    sriovAdapterID: integer('SRIOVAdapterID', 'COD'),
    adapterState: text('AdapterState', 'ROR', {
      values: [
        'Initializing',
        'NotConfigured',
        'PoweredOff',
        'PoweringOff',
        'Running',
        'Dumping',
        'Failed',
        'Missing',
        'PCIEIDMismatch',
      ],
    }),
    adapterMode: text('AdapterMode', 'CUD', { values: ['Sriov', 'Dedicated', 'ForceDedicated', 'unknown'] }),
    personality: text('Personality', 'COD', {
      values: ['NO_QOS', 'MIN_CAPACITY', 'MAX_MIN_CAPACITY', 'UNKNOWN'],
    }),
    convergedEthernetPhysicalPorts: list(
      SRIOVConvergedNetworkAdapterPhysicalPort,
      'ConvergedEthernetPhysicalPorts',
      'ROR',
    ),
    ethernetPhysicalPorts: list(SRIOVEthernetPhysicalPort, 'EthernetPhysicalPorts', 'ROR'),
    maximumHugeDMALogicalPorts: integer('MaximumHugeDMALogicalPorts', 'ROR'),
    maximumLogicalPortsSupported: integer('MaximumLogicalPortsSupported', 'ROR'),
    unconfiguredLogicalPorts: list(SRIOVUnconfiguredLogicalPort, 'UnconfiguredLogicalPorts', 'ROR'),
    sriovRoCEPhysicalPorts: list(SRIOVRoCEPhysicalPort, 'SRIOVRoCEPhysicalPorts', 'unseen'),
  },
);
export type SRIOVAdapter = Lens<typeof SRIOVAdapter>;

/** All physical ports of an adapter; converged and RoCE ports have every field of an Ethernet port. */
export function physicalPortsOf(adapter: SRIOVAdapter): Lens<typeof SRIOVEthernetPhysicalPort>[] {
  return [
    ...adapter.convergedEthernetPhysicalPorts,
    ...adapter.ethernetPhysicalPorts,
    ...adapter.sriovRoCEPhysicalPorts,
  ];
}
