import type { SiteSriovAdapter } from '../site/sriov.js';
import type { ManagedSystem } from './managed-system.js';
import { type AnyPartition, isOff } from './partition.js';
import type { Vnic } from './vnic.js';

/** An SR-IOV adapter of the system (protocol reference 3.10). */
export interface SriovAdapter {
  readonly system: ManagedSystem;
  /** SRIOVAdapterID while the adapter is shared: 1, 2, … */
  readonly id: number;
  /** AdapterID: the index of its slot. */
  readonly slotIndex: number;
  readonly location: string;
  mode: 'Sriov' | 'Dedicated';
  readonly ports: SriovPort[];
  readonly logicalPorts: LogicalPort[];
}

export interface SriovPort {
  readonly adapter: SriovAdapter;
  /** Unique within the adapter only. */
  readonly id: number;
  readonly location: string;
  /** Logical ports that it can have at all. */
  readonly limit: number;
  /** Logical ports that it may have as configured. */
  maximum: number;
  readonly linkUp: boolean;
  /** A converged port could carry Fibre Channel over Ethernet too; none does. */
  readonly type: 'Ethernet' | 'Converged' | 'RoCE';
  label: string;
  subLabel: string;
  mtu: string;
  switchMode: string;
  flowControl: boolean;
}

/** A virtual function in a partition or, behind a vNIC, in a VIOS. */
export interface LogicalPort {
  readonly kind: 'SRIOVEthernetLogicalPort';
  readonly uuid: string;
  readonly owner: AnyPartition;
  readonly port: SriovPort;
  /** 1 …: the S in its location code. */
  readonly number: number;
  capacity: number;
  maxCapacity: number;
  readonly promiscuous: boolean;
  portVlan: number;
  allowedVlans: string;
  allowedMacs: string;
  mac: string;
  readonly vnic: Vnic | undefined;
}

/** `LogicalPortID` of its document, by its number (capture sriov_lp_feed.txt). */
export const logicalPortIdOf = (number: number): number => 654_327_808 + number;

/** DRC name of a logical port by its number (captures sriov_lp_feed.txt, sys_with_sriov.txt). */
export const connectorNameOf = (number: number): string => `PHB ${4096 + number}`;

export const logicalPortLocation = ({ port, number }: LogicalPort): string => `${port.location}-S${number}`;

/** Every capacity is a multiple of this, in per cent (capture sys_with_sriov.txt). */
export const GRANULARITY = 2;
/** Logical ports of one adapter. */
export const ADAPTER_LIMIT = 48;

export function buildSriovAdapters(system: ManagedSystem, plans: readonly SiteSriovAdapter[]): void {
  plans.forEach((plan, index) => {
    const location = `U78C7.001.WZS${system.serial.slice(-4)}-P1-C${8 + index}`;
    const adapter: SriovAdapter = {
      system,
      id: index + 1,
      slotIndex: 553_713_696 + index,
      location,
      mode: plan.mode,
      ports: [],
      logicalPorts: [],
    };
    adapter.ports.push(
      ...plan.ports.map((port, id) => ({
        adapter,
        id,
        location: `${location}-T${id + 1}`,
        limit: port.logicalPorts,
        maximum: port.logicalPorts,
        linkUp: port.linkUp,
        type: port.type,
        label: port.label,
        subLabel: '',
        mtu: 'E_1500',
        switchMode: 'Veb',
        flowControl: false,
      })),
    );
    system.sriovAdapters.push(adapter);
  });
}

export const logicalPortsOf = (partition: AnyPartition): LogicalPort[] =>
  partition.system.sriovAdapters.flatMap(({ logicalPorts }) =>
    logicalPorts.filter(({ owner }) => owner === partition),
  );

export const logicalPortsAt = (port: SriovPort): LogicalPort[] =>
  port.adapter.logicalPorts.filter((logical) => logical.port === port);

/** The numbers that a new logical port of the adapter may get. */
export function unconfiguredNumbers({ logicalPorts }: SriovAdapter): number[] {
  const used = new Set(logicalPorts.map(({ number }) => number));
  return Array.from({ length: ADAPTER_LIMIT }, (_, index) => index + 1).filter((number) => !used.has(number));
}

/** Per cent. */
export const allocatedCapacity = (port: SriovPort): number =>
  logicalPortsAt(port).reduce((sum, { capacity }) => sum + capacity, 0);

export const isFunctional = (logical: LogicalPort): boolean => logical.port.linkUp && !isOff(logical.owner);
