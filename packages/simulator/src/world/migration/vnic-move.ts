import { allPartitions, type ManagedSystem } from '../managed-system.js';
import type { LogicalPartition } from '../partition.js';
import { ADAPTER_LIMIT, allocatedCapacity, logicalPortsAt, type SriovPort } from '../sriov.js';
import type { VirtualIOServer } from '../vios.js';
import { type Vnic, type VnicDevice, vnicsOf } from '../vnic.js';
import { createVnic, deleteVnic, type VnicDevicePlan } from '../vnic-lifecycle.js';
import type { World } from '../world.js';
import type { MigrationRequest } from './migration-plan.js';
import { candidateVioses, Spread } from './target-vios.js';

/** Where one backing device of a vNIC is to be, as VirtualVNICMappings says it. What is undefined is chosen. */
export interface VnicRequest {
  readonly clientSlot: number;
  readonly viosName: string | undefined;
  readonly viosId: number | undefined;
  readonly adapterId: number | undefined;
  readonly portId: number | undefined;
  /** Per cent; undefined keeps what the device has. */
  readonly capacity: number | undefined;
  /** The device that is meant, by its port on the source; undefined means the next one. */
  readonly source: { readonly adapterId: number; readonly portId: number } | undefined;
}

/** A vNIC and the logical ports that will back it. */
export interface VnicMove {
  readonly vnic: Vnic;
  readonly devices: readonly VnicDevicePlan[];
}

/** Ports of the target with the label of the source’s port back the vNIC again, unless the job names others. */
export function planVnicMoves(
  partition: LogicalPartition,
  request: MigrationRequest,
): { moves: VnicMove[]; problems: string[] } {
  const own = vnicsOf(partition);
  const problems = request.vnics
    .filter(({ clientSlot }) => !own.some(({ slot }) => slot === clientSlot))
    .map(({ clientSlot }) => `The partition has no vNIC in slot ${clientSlot}.`);
  const choice = new PortChoice(request.target);
  const moves = own.map((vnic): VnicMove => {
    problems.push(...incapable(vnic, request.target));
    const asked = request.vnics.filter(({ clientSlot }) => clientSlot === vnic.slot);
    const used = new Set<SriovPort>();
    const devices = inOrder(vnic, asked).flatMap(({ device, wish }) => {
      const plan = choice.take(device, wish, used);
      if (plan === undefined) problems.push(unserved(vnic, device, wish, request.target));
      return plan ?? [];
    });
    return { vnic, devices };
  });
  return { moves, problems };
}

export function makeVnics(world: World, shell: LogicalPartition, moves: readonly VnicMove[]): void {
  for (const { vnic, devices } of moves) {
    const { slot, mac, portVlan, portVlanPriority, allowedVlans, allowedMacs } = vnic;
    createVnic(world, shell, { slot, mac, portVlan, portVlanPriority, allowedVlans, allowedMacs, devices });
  }
}

export function removeVnics(world: World, partition: LogicalPartition): void {
  for (const vnic of vnicsOf(partition)) deleteVnic(world, vnic);
}

/** Ports of a system, with what the vNICs that are planned already will take of them. */
class PortChoice {
  readonly #target: ManagedSystem;
  readonly #spread = new Spread();
  readonly #planned: VnicDevicePlan[] = [];

  constructor(target: ManagedSystem) {
    this.#target = target;
  }

  /** The emptiest port that will do, on a VIOS that keeps apart what was apart; a vNIC uses no port twice. */
  take(device: VnicDevice, wish: VnicRequest | undefined, used: Set<SriovPort>): VnicDevicePlan | undefined {
    const vios = this.#host(device, wish);
    const { logicalPort, priority } = device;
    const capacity = wish?.capacity ?? logicalPort.capacity;
    const port = this.#target.sriovAdapters
      .filter(({ mode, id }) => mode === 'Sriov' && (wish?.adapterId ?? id) === id)
      .flatMap(({ ports }) => ports)
      .filter(
        (each) => !used.has(each) && isMeant(each, logicalPort.port, wish) && this.#fits(each, capacity),
      )
      .toSorted((left, right) => this.#allocated(left) - this.#allocated(right))[0];
    if (vios === undefined || port === undefined) return undefined;
    used.add(port);
    const maxCapacity = Math.max(capacity, logicalPort.maxCapacity);
    const plan = { vios, adapterId: port.adapter.id, portId: port.id, capacity, maxCapacity, priority };
    this.#planned.push(plan);
    return plan;
  }

  #host(device: VnicDevice, wish: VnicRequest | undefined): VirtualIOServer | undefined {
    const place = wish === undefined ? undefined : { ...wish, viosSlot: undefined, port: undefined };
    const able = candidateVioses(this.#target, place).filter(({ rmc }) => rmc === 'active');
    return this.#spread.choose(device.vios, able);
  }

  #fits(port: SriovPort, capacity: number): boolean {
    const { adapter } = port;
    const more = this.#planned.filter(({ adapterId }) => adapterId === adapter.id).length;
    if (!port.linkUp || adapter.logicalPorts.length + more >= ADAPTER_LIMIT) return false;
    const count = logicalPortsAt(port).length + this.#plannedAt(port).length;
    return count < port.maximum && this.#allocated(port) + capacity <= 100 + 1e-6;
  }

  #allocated(port: SriovPort): number {
    return this.#plannedAt(port).reduce((sum, { capacity = 0 }) => sum + capacity, allocatedCapacity(port));
  }

  #plannedAt(port: SriovPort): VnicDevicePlan[] {
    return this.#planned.filter(
      ({ adapterId, portId }) => adapterId === port.adapter.id && portId === port.id,
    );
  }
}

/** A port that the job names, else one of the same label and switch mode. */
function isMeant(port: SriovPort, source: SriovPort, wish: VnicRequest | undefined): boolean {
  if (wish?.portId !== undefined) return port.id === wish.portId;
  return port.label === source.label && port.switchMode === source.switchMode;
}

/** Wishes that name their device first; the others go to the devices that are left. */
function inOrder(vnic: Vnic, asked: readonly VnicRequest[]) {
  const rest = asked.filter(({ source }) => source === undefined);
  return vnic.devices.map((device) => {
    const { port } = device.logicalPort;
    const named = asked.find(
      ({ source }) => source?.adapterId === port.adapter.id && source.portId === port.id,
    );
    return { device, wish: named ?? rest.shift() };
  });
}

function incapable(vnic: Vnic, target: ManagedSystem): string[] {
  const { name, capabilities } = target;
  const problems: string[] = [];
  if (capabilities['VirtualNICDedicatedSRIOVCapable'] !== true)
    problems.push(`System ${name} cannot have the vNIC in slot ${vnic.slot}: it is not capable of vNICs.`);
  else if (vnic.devices.length > 1 && capabilities['VirtualNICFailOverCapable'] !== true)
    problems.push(`System ${name} is not capable of vNIC failover: slot ${vnic.slot}.`);
  const taken =
    target.vnics.some(({ mac }) => mac === vnic.mac) ||
    allPartitions(target).some(({ adapters }) => adapters.find(({ mac }) => mac === vnic.mac) !== undefined);
  if (taken) problems.push(`MAC address ${vnic.mac} is already in use on system ${name}.`);
  return problems;
}

function unserved(
  { slot }: Vnic,
  { logicalPort }: VnicDevice,
  wish: VnicRequest | undefined,
  { name }: ManagedSystem,
): string {
  const { label } = logicalPort.port;
  const what =
    wish?.portId === undefined
      ? `no SR-IOV port with label "${label}" and ${wish?.capacity ?? logicalPort.capacity} % capacity left`
      : `port ${wish.portId} of SR-IOV adapter ${wish.adapterId ?? ''} cannot take it`;
  return `System ${name} cannot back the vNIC in slot ${slot}: ${what}, or no VIOS with an RMC connection.`;
}
