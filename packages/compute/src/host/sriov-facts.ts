import {
  type Lens,
  type ManagedSystem,
  physicalPortsOf,
  type SRIOVEthernetPhysicalPort,
} from '@openstack-powervm/rest';

/** An SR-IOV adapter in shared mode (protocol reference 3.10). */
export interface SriovAdapterFacts {
  /** SRIOVAdapterID */
  readonly adapterId: number;
  readonly running: boolean;
  readonly ports: readonly SriovPortFacts[];
}

/** A physical port of an SR-IOV adapter. Capacities are in per cent of the port. */
export interface SriovPortFacts {
  /** Unique within the adapter only. */
  readonly portId: number;
  /** `U78C7.001.WZS0AA1-P1-C8-T1` */
  readonly location: string;
  /** The physical network that the port leads to; empty means `default`. */
  readonly label: string;
  readonly linkUp: boolean;
  readonly logicalPorts: number;
  /** Logical ports that the port is configured to have at most. */
  readonly configuredLogicalPorts: number;
  /** Logical ports that the hardware could have. */
  readonly maximumLogicalPorts: number;
  readonly allocatedCapacity: number;
  /** Every capacity is a multiple of this. */
  readonly granularity: number;
}

/** Only adapters in shared mode have logical ports to give (RES-8). */
export function sriovAdaptersOf(system: Lens<typeof ManagedSystem>): readonly SriovAdapterFacts[] {
  const choices = system.associatedSystemIOConfiguration?.sriovAdapters.toArray() ?? [];
  return choices.flatMap(({ sriovAdapter: adapter }) =>
    adapter?.sriovAdapterID === undefined
      ? []
      : [
          {
            adapterId: adapter.sriovAdapterID,
            running: adapter.adapterState === 'Running',
            ports: physicalPortsOf(adapter).map(portFacts),
          },
        ],
  );
}

function portFacts(port: SRIOVEthernetPhysicalPort): SriovPortFacts {
  const maximumLogicalPorts = port.maxSupportedEthernetLogicalPorts ?? 0;
  return {
    portId: port.physicalPortID ?? 0,
    location: port.locationCode ?? '',
    label: port.label ?? '',
    linkUp: port.linkStatus ?? false,
    logicalPorts: port.configuredEthernetLogicalPorts ?? 0,
    configuredLogicalPorts: port.configuredMaxEthernetLogicalPorts ?? maximumLogicalPorts,
    maximumLogicalPorts,
    allocatedCapacity: port.allocatedCapacity ?? 0,
    granularity: port.minimumEthernetCapacityGranularity ?? 1,
  };
}
