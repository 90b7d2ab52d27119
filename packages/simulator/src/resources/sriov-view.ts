import type { Init, ManagedSystem, SRIOVAdapter, SRIOVEthernetPhysicalPort } from '@openstack-powervm/rest';
import { invalid } from '../world/refusal.js';
import {
  ADAPTER_LIMIT,
  allocatedCapacity,
  GRANULARITY,
  logicalPortsAt,
  type SriovAdapter,
  type SriovPort,
} from '../world/sriov.js';
import type { SriovAdapterUpdate } from '../world/sriov-lifecycle.js';

/** Protocol reference 3.10; capture sys_with_sriov.txt: a dedicated adapter shows neither id nor ports. */
export function sriovAdapterView(adapter: SriovAdapter): Init<typeof SRIOVAdapter> {
  const facts = {
    adapterID: adapter.slotIndex,
    description: 'PCIe2 4-port (10Gb FCoE & 1GbE) SR&RJ45 Adapter',
    physicalLocation: adapter.location,
    adapterMode: adapter.mode,
  };
  if (adapter.mode === 'Dedicated') return { ...facts, adapterState: 'NotConfigured' };
  return {
    ...facts,
    sriovAdapterID: adapter.id,
    adapterState: 'Running',
    personality: 'MIN_CAPACITY',
    convergedEthernetPhysicalPorts: [],
    ethernetPhysicalPorts: adapter.ports.map(portView),
    maximumHugeDMALogicalPorts: 0,
    maximumLogicalPortsSupported: ADAPTER_LIMIT,
    unconfiguredLogicalPorts: [],
  };
}

function portView(port: SriovPort): Init<typeof SRIOVEthernetPhysicalPort> {
  return {
    configuredConnectionSpeed: 'Auto',
    configuredFlowControl: port.flowControl,
    configuredMTU: port.mtu,
    configuredOptions: ['autoDuplex', port.switchMode],
    configuredPortSwitchMode: port.switchMode,
    currentConnectionSpeed: port.linkUp ? 'E10Gbps' : 'Unknown',
    currentOptions: ['fullDuplex', ...(port.linkUp ? ['linkUp'] : []), port.switchMode],
    label: port.label,
    locationCode: port.location,
    maximumDiagnosticsLogicalPorts: 1,
    maximumPromiscuousLogicalPorts: 1,
    physicalPortID: port.id,
    portCapabilities: ['Clear Logical Port Stat', 'Clear Physical Port Stat', 'IEEE8021Q_Priority', 'Pvid'],
    portType: 'Ethernet',
    portLogicalPortLimit: port.limit,
    subLabel: port.subLabel,
    supportedConnectionSpeeds: ['Auto', 'E1Gbps', 'E10Gbps'],
    supportedMTUs: ['E_1500', 'E_9000'],
    supportedOptions: ['autoDuplex', 'fullDuplex', 'promiscousMode', 'Veb', 'Vepa'],
    supportedPriorityAccessControlList: 0,
    linkStatus: port.linkUp,
    allocatedCapacity: allocatedCapacity(port),
    configuredMaxEthernetLogicalPorts: port.maximum,
    configuredEthernetLogicalPorts: logicalPortsAt(port).length,
    maximumPortVLANID: 4094,
    maximumVLANID: 4094,
    minimumEthernetCapacityGranularity: GRANULARITY,
    minimumPortVLANID: 2,
    minimumVLANID: 2,
    maxSupportedEthernetLogicalPorts: port.limit,
  };
}

/** The settable part of a posted managed system (protocol reference 3.10). */
export function readSriovAdapters(posted: ManagedSystem): SriovAdapterUpdate[] {
  const adapters = posted.associatedSystemIOConfiguration?.sriovAdapters.toArray() ?? [];
  return adapters.flatMap(({ sriovAdapter: adapter }) => {
    if (adapter === undefined) return [];
    const mode = adapter.adapterMode ?? 'Sriov';
    if (mode !== 'Sriov' && mode !== 'Dedicated') throw invalid(`AdapterMode ${mode} cannot be set.`);
    const ports = adapter.ethernetPhysicalPorts.map((port) => ({
      id: port.physicalPortID ?? -1,
      label: port.label ?? '',
      subLabel: port.subLabel ?? '',
      mtu: port.configuredMTU ?? 'E_1500',
      switchMode: port.configuredPortSwitchMode ?? 'Veb',
      flowControl: port.configuredFlowControl ?? false,
      maximum: port.configuredMaxEthernetLogicalPorts ?? 0,
    }));
    return [{ slotIndex: adapter.adapterID ?? -1, mode, ports }];
  });
}
