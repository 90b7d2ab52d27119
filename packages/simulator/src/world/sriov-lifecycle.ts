import type { Behaviour } from './behaviour.js';
import { added, deleted, modified } from './changes.js';
import { macAddress, nameUuid } from './identity.js';
import type { ManagedSystem } from './managed-system.js';
import { requireSettled } from './migration/migration.js';
import type { AnyPartition } from './partition.js';
import { conflict, invalid, notFound } from './refusal.js';
import {
  ADAPTER_LIMIT,
  allocatedCapacity,
  GRANULARITY,
  type LogicalPort,
  logicalPortsAt,
  type SriovAdapter,
  type SriovPort,
  unconfiguredNumbers,
} from './sriov.js';
import type { Vnic } from './vnic.js';
import type { World } from './world.js';

export const sriovBehaviours: readonly Behaviour[] = [
  {
    id: 'sriov.capacity',
    does: 'a logical port takes a multiple of 2 %, the granularity when it asks for nothing; all ports of a physical port fit 100 % and its configured maximum',
    evidence: 'protocol reference 3.10 and 8.12 (the rules as clients check them); refusals are ours',
  },
  {
    id: 'sriov.promiscuous',
    does: 'one promiscuous logical port per physical port',
    evidence: 'protocol reference 3.10; capture sys_with_sriov.txt (MaximumPromiscuousLogicalPorts)',
  },
  {
    id: 'sriov.events',
    does: 'a change of SR-IOV ports, such as a label, is announced with the system and detail SRIOVPhysicalPort.ConfigChange',
    assumed: 'agents look for this text in the detail; no capture holds such an event',
  },
  {
    id: 'sriov.port-types',
    does: 'Ethernet, converged and RoCE ports of an adapter share its port ids and all rules of Ethernet; converged and RoCE ports show no room for Fibre Channel over Ethernet, and none can be configured',
    evidence:
      'protocol reference 3.10; capture sys_with_sriov.txt (converged ports); RoCE ports are in no capture',
  },
  {
    id: 'sriov.mode',
    does: 'an adapter changes its mode at once, and only while it has no logical ports',
    assumed: 'a real adapter is Initializing for a while',
  },
];

export interface LogicalPortPlan {
  readonly adapterId: number;
  readonly portId: number;
  readonly capacity: number | undefined;
  readonly maxCapacity: number | undefined;
  readonly promiscuous: boolean;
  readonly portVlan: number;
  readonly allowedVlans: string;
  readonly allowedMacs: string;
  readonly mac: string | undefined;
}

/** Throws a `Refusal` when the physical port cannot carry another logical port like this. */
export function createLogicalPort(
  world: World,
  owner: AnyPartition,
  plan: LogicalPortPlan,
  vnic?: Vnic,
): LogicalPort {
  const port = findPort(owner.system, plan.adapterId, plan.portId);
  const capacity = plan.capacity ?? GRANULARITY;
  const maxCapacity = plan.maxCapacity ?? 100;
  checkCapacity(port, capacity, maxCapacity, 0);
  checkCount(port, plan.promiscuous);
  if (plan.portVlan !== 0 && (plan.portVlan < 2 || plan.portVlan > 4094))
    throw invalid(`PortVLANID ${plan.portVlan} is neither 0 nor 2 to 4094.`);
  const { adapter } = port;
  const [number = 0] = unconfiguredNumbers(adapter); // there is one: the ports have been counted
  const logical: LogicalPort = {
    kind: 'SRIOVEthernetLogicalPort',
    uuid: nameUuid(`${owner.system.uuid}/sriov/${adapter.id}/${number}/${world.random.hex(8)}`),
    owner,
    port,
    number,
    capacity,
    maxCapacity,
    promiscuous: plan.promiscuous,
    portVlan: plan.portVlan,
    allowedVlans: plan.allowedVlans,
    allowedMacs: plan.allowedMacs,
    mac: plan.mac?.toUpperCase() ?? macAddress(world.random),
    vnic,
  };
  adapter.logicalPorts.push(logical);
  added(world, logical);
  modified(world, owner, 'Other');
  modified(world, owner.system, 'Other');
  return logical;
}

export type LogicalPortUpdate = Pick<
  LogicalPort,
  'capacity' | 'maxCapacity' | 'portVlan' | 'allowedVlans' | 'allowedMacs' | 'mac'
>;

export function updateLogicalPort(world: World, logical: LogicalPort, update: LogicalPortUpdate): void {
  requireSettled(logical.vnic?.partition ?? logical.owner);
  checkCapacity(logical.port, update.capacity, update.maxCapacity, logical.capacity);
  Object.assign(logical, update);
  modified(world, logical, 'Other');
}

export function deleteLogicalPort(world: World, logical: LogicalPort): void {
  if (logical.vnic !== undefined)
    throw conflict(`The logical port ${logical.number} backs a vNIC of ${logical.vnic.partition.name}.`);
  requireSettled(logical.owner);
  releaseLogicalPort(world, logical);
}

export function releaseLogicalPort(world: World, logical: LogicalPort): void {
  const { logicalPorts, system } = logical.port.adapter;
  logicalPorts.splice(logicalPorts.indexOf(logical), 1);
  deleted(world, logical);
  modified(world, logical.owner, 'Other');
  modified(world, system, 'Other');
}

/** What a posted managed system may change of an adapter. */
export interface SriovAdapterUpdate {
  readonly slotIndex: number;
  readonly mode: SriovAdapter['mode'];
  readonly ports: readonly Pick<
    SriovPort,
    'id' | 'type' | 'label' | 'subLabel' | 'mtu' | 'switchMode' | 'flowControl' | 'maximum'
  >[];
}

export function updateSriovAdapters(
  world: World,
  system: ManagedSystem,
  updates: readonly SriovAdapterUpdate[],
): void {
  const pairs = updates.map((update) => {
    const adapter = system.sriovAdapters.find(({ slotIndex }) => slotIndex === update.slotIndex);
    if (adapter === undefined) throw invalid(`The system has no SR-IOV adapter ${update.slotIndex}.`);
    checkUpdate(adapter, update);
    return { adapter, update };
  });
  for (const { adapter, update } of pairs) {
    adapter.mode = update.mode;
    for (const { id, type: _, ...values } of update.ports) {
      const port = adapter.ports.find((candidate) => candidate.id === id);
      if (port !== undefined) Object.assign(port, values);
    }
  }
  modified(world, system, 'SRIOVPhysicalPort.ConfigChange');
}

function checkUpdate(adapter: SriovAdapter, update: SriovAdapterUpdate): void {
  if (update.mode !== adapter.mode && adapter.logicalPorts.length > 0)
    throw conflict(`SR-IOV adapter ${adapter.id} has logical ports and cannot become ${update.mode}.`);
  for (const { id, type, maximum } of update.ports) {
    const port = adapter.ports.find((candidate) => candidate.id === id && candidate.type === type);
    if (port === undefined) throw invalid(`SR-IOV adapter ${adapter.id} has no ${type} port ${id}.`);
    if (maximum < logicalPortsAt(port).length || maximum > port.limit)
      throw invalid(`ConfiguredMaxEthernetLogicalPorts ${maximum} of port ${id} is not possible.`);
  }
}

function findPort(system: ManagedSystem, adapterId: number, portId: number): SriovPort {
  const adapter = system.sriovAdapters.find((candidate) => candidate.id === adapterId);
  if (adapter === undefined || adapter.mode !== 'Sriov')
    throw notFound(`There is no SR-IOV adapter ${adapterId} in shared mode.`);
  const port = adapter.ports.find((candidate) => candidate.id === portId);
  if (port === undefined) throw notFound(`SR-IOV adapter ${adapterId} has no physical port ${portId}.`);
  return port;
}

function checkCapacity(port: SriovPort, capacity: number, maximum: number, present: number): void {
  const steps = capacity / GRANULARITY;
  if (capacity < GRANULARITY || Math.abs(steps - Math.round(steps)) > 1e-6)
    throw invalid(`Capacity ${capacity} % is not a multiple of ${GRANULARITY} %.`);
  if (maximum < capacity || maximum > 100)
    throw invalid(`Maximum capacity ${maximum} % is not between ${capacity} % and 100 %.`);
  const free = 100 - allocatedCapacity(port) + present;
  if (capacity > free + 1e-6)
    throw conflict(`Port ${port.location} has ${free} % capacity left; ${capacity} % were asked for.`);
}

function checkCount(port: SriovPort, promiscuous: boolean): void {
  const present = logicalPortsAt(port);
  if (present.length >= port.maximum || port.adapter.logicalPorts.length >= ADAPTER_LIMIT)
    throw conflict(`Port ${port.location} already has its ${present.length} logical ports.`);
  if (promiscuous && present.some((logical) => logical.promiscuous))
    throw conflict(`Port ${port.location} already has a promiscuous logical port.`);
}
