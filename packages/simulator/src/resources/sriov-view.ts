import type {
  Init,
  ManagedSystem,
  SRIOVAdapter,
  SRIOVConvergedNetworkAdapterPhysicalPort,
  SRIOVEthernetPhysicalPort,
  SRIOVUnconfiguredLogicalPort,
} from '@openstack-powervm/rest';
import { invalid } from '../world/refusal.js';
import {
  ADAPTER_LIMIT,
  allocatedCapacity,
  connectorNameOf,
  GRANULARITY,
  logicalPortIdOf,
  logicalPortsAt,
  type SriovAdapter,
  type SriovPort,
  unconfiguredNumbers,
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
  const roce = portsOf(adapter, 'RoCE');
  return {
    ...facts,
    sriovAdapterID: adapter.id,
    adapterState: 'Running',
    personality: 'MIN_CAPACITY',
    convergedEthernetPhysicalPorts: portsOf(adapter, 'Converged').map(convergedView),
    ethernetPhysicalPorts: portsOf(adapter, 'Ethernet').map(portView),
    maximumHugeDMALogicalPorts: 0,
    maximumLogicalPortsSupported: ADAPTER_LIMIT,
    unconfiguredLogicalPorts: unconfiguredNumbers(adapter).map((number) => unconfiguredView(adapter, number)),
    ...(roce.length === 0 ? {} : { sriovRoCEPhysicalPorts: roce.map(convergedView) }),
  };
}

/** Numbers are the adapter's; those that nobody has are listed at its first port (capture sys_with_sriov.txt). */
function unconfiguredView(
  { location }: SriovAdapter,
  number: number,
): Init<typeof SRIOVUnconfiguredLogicalPort> {
  return {
    dynamicReconfigurationConnectorIndex: logicalPortIdOf(number),
    dynamicReconfigurationConnectorName: connectorNameOf(number),
    locationCode: `${location}-T1-S${number}`,
  };
}

const portsOf = ({ ports }: SriovAdapter, type: SriovPort['type']): SriovPort[] =>
  ports.filter((port) => port.type === type);

/** The captured port has no room for Fibre Channel over Ethernet. */
function convergedView(port: SriovPort): Init<typeof SRIOVConvergedNetworkAdapterPhysicalPort> {
  return {
    ...portView(port),
    configuredMaxFiberChannelOverEthernetLogicalPorts: 0,
    defaultFiberChannelTargetsForBackingDevice: 256,
    defaultFiberChannelTargetsForNonBackingDevice: 128,
    configuredFiberChannelOverEthernetLogicalPorts: 0,
    minimumFCoECapacityGranularity: 10,
    fiberChannelTargetsRoundingValue: 64,
    maxSupportedFiberChannelOverEthernetLogicalPorts: 0,
    maximumFiberChannelTargets: 0,
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
    // Captured: Ethernet and Cna.
    portType: port.type === 'Converged' ? 'Cna' : port.type,
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
    const converged = adapter.convergedEthernetPhysicalPorts.toArray();
    const roce = adapter.sriovRoCEPhysicalPorts.toArray();
    for (const port of [...converged, ...roce]) requireNoFibreChannel(port);
    const ports = [
      ...adapter.ethernetPhysicalPorts.map((port) => readPort(port, 'Ethernet')),
      ...converged.map((port) => readPort(port, 'Converged')),
      ...roce.map((port) => readPort(port, 'RoCE')),
    ];
    return [{ slotIndex: adapter.adapterID ?? -1, mode, ports }];
  });
}

function readPort(port: SRIOVEthernetPhysicalPort, type: SriovPort['type']) {
  return {
    id: port.physicalPortID ?? -1,
    type,
    label: port.label ?? '',
    subLabel: port.subLabel ?? '',
    mtu: port.configuredMTU ?? 'E_1500',
    switchMode: port.configuredPortSwitchMode ?? 'Veb',
    flowControl: port.configuredFlowControl ?? false,
    maximum: port.configuredMaxEthernetLogicalPorts ?? 0,
  };
}

/** MaxSupportedFiberChannelOverEthernetLogicalPorts is 0. */
function requireNoFibreChannel({
  physicalPortID,
  configuredMaxFiberChannelOverEthernetLogicalPorts: most = 0,
}: SRIOVConvergedNetworkAdapterPhysicalPort): void {
  if (most !== 0)
    throw invalid(
      `Port ${physicalPortID} supports no Fibre Channel over Ethernet; ${most} logical ports were asked for.`,
    );
}
