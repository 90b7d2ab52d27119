import type { Behaviour } from './behaviour.js';
import { added, deleted, modified } from './changes.js';
import { macAddress, nameUuid } from './identity.js';
import type { LogicalPartition } from './partition.js';
import { conflict, invalid, Refusal } from './refusal.js';
import { createLogicalPort, releaseLogicalPort } from './sriov-lifecycle.js';
import type { VirtualIOServer } from './vios.js';
import type { Vnic } from './vnic.js';
import type { World } from './world.js';

export const vnicBehaviours: readonly Behaviour[] = [
  {
    id: 'vnic.backing',
    does: 'each backing device of a vNIC is a logical port of its VIOS, made and removed with it; at most six',
    evidence: 'protocol reference 3.10 (VNICPortUsage), 3.11; the number six is from IBM’s documentation',
  },
  {
    id: 'vnic.change',
    does: 'posting a vNIC with other backing devices makes and removes logical ports; FailOverPriority can change, capacity cannot',
    assumed:
      'protocol reference 3.11 has the devices as create-only; IBM’s documentation adds and removes them',
  },
  {
    id: 'vnic.active',
    does: 'the working device of lowest FailOverPriority is active; the default priority is 50',
    assumed: 'protocol reference 3.11 (inferred)',
  },
];

export interface VnicDevicePlan {
  readonly vios: VirtualIOServer;
  readonly adapterId: number;
  readonly portId: number;
  readonly capacity: number | undefined;
  readonly maxCapacity: number | undefined;
  readonly priority: number;
}

export interface VnicPlan {
  readonly slot: number | 'next' | 'highest';
  readonly mac: string | undefined;
  readonly portVlan: number;
  readonly portVlanPriority: number;
  readonly allowedVlans: string;
  readonly allowedMacs: string;
  readonly devices: readonly VnicDevicePlan[];
}

/** Throws a `Refusal`; nothing is left behind then. */
export function createVnic(world: World, partition: LogicalPartition, plan: VnicPlan): Vnic {
  checkCount(plan.devices);
  const whose = `partition ${partition.name}`;
  const { slots } = partition;
  const slot =
    plan.slot === 'next'
      ? slots.takeNext(whose)
      : plan.slot === 'highest'
        ? slots.takeHighest(whose)
        : slots.take(plan.slot, whose);
  const vnic: Vnic = {
    kind: 'VirtualNICDedicated',
    uuid: nameUuid(`${partition.uuid}/vnic/${slot}/${world.random.hex(8)}`),
    partition,
    slot,
    mac: plan.mac?.toUpperCase() ?? macAddress(world.random),
    portVlan: plan.portVlan,
    portVlanPriority: plan.portVlanPriority,
    allowedVlans: plan.allowedVlans,
    allowedMacs: plan.allowedMacs,
    devices: [],
    createdAt: world.clock.now(),
  };
  try {
    for (const device of plan.devices) addDevice(world, vnic, device);
  } catch (error) {
    for (const { logicalPort } of vnic.devices) releaseLogicalPort(world, logicalPort);
    slots.release(slot);
    throw error;
  }
  partition.system.vnics.push(vnic);
  added(world, vnic);
  modified(world, partition, 'Other');
  return vnic;
}

function addDevice(world: World, vnic: Vnic, plan: VnicDevicePlan): void {
  const { vios, priority } = plan;
  if (vios.system !== vnic.partition.system) throw invalid(`VIOS ${vios.name} is on another system.`);
  if (vios.rmc !== 'active')
    throw conflict(`The RMC connection of VIOS ${vios.name} is ${vios.rmc}: it cannot back a vNIC.`);
  if (priority < 1 || priority > 100) throw invalid(`FailOverPriority ${priority} is outside 1 to 100.`);
  const same = vnic.devices.some(
    ({ logicalPort: { port } }) => port.adapter.id === plan.adapterId && port.id === plan.portId,
  );
  if (same) throw new Refusal(400, 'Two backing devices of the vNIC name the same physical port.');
  const logicalPort = createLogicalPort(
    world,
    vios,
    {
      ...plan,
      promiscuous: false,
      portVlan: vnic.portVlan,
      allowedVlans: vnic.allowedVlans,
      allowedMacs: vnic.allowedMacs,
      mac: vnic.mac,
    },
    vnic,
  );
  vnic.devices.push({ vios, logicalPort, priority });
}

export type VnicUpdate = Pick<Vnic, 'portVlan' | 'portVlanPriority' | 'allowedVlans' | 'allowedMacs'>;

/** No devices keep those that are there. Throws a `Refusal`; the vNIC is as it was then. */
export function updateVnic(
  world: World,
  vnic: Vnic,
  update: VnicUpdate,
  devices: readonly VnicDevicePlan[],
): void {
  if (devices.length > 0) replaceDevices(world, vnic, devices);
  Object.assign(vnic, update);
  modified(world, vnic, 'Other');
}

function replaceDevices(world: World, vnic: Vnic, plans: readonly VnicDevicePlan[]): void {
  checkCount(plans);
  const before = [...vnic.devices];
  const kept = before.filter((device) => plans.some((plan) => isSame(device, plan)));
  const fresh = plans.filter((plan) => !before.some((device) => isSame(device, plan)));
  vnic.devices.splice(0, before.length, ...kept);
  try {
    for (const plan of fresh) addDevice(world, vnic, plan);
  } catch (error) {
    for (const { logicalPort } of vnic.devices.slice(kept.length)) releaseLogicalPort(world, logicalPort);
    vnic.devices.splice(0, vnic.devices.length, ...before);
    throw error;
  }
  for (const device of before.filter((each) => !kept.includes(each)))
    releaseLogicalPort(world, device.logicalPort);
  for (const device of kept)
    device.priority = plans.find((plan) => isSame(device, plan))?.priority ?? device.priority;
}

/** A device is known by its VIOS and its port. */
function isSame({ vios, logicalPort: { port } }: Vnic['devices'][number], plan: VnicDevicePlan): boolean {
  return vios === plan.vios && port.adapter.id === plan.adapterId && port.id === plan.portId;
}

function checkCount(plans: readonly VnicDevicePlan[]): void {
  if (plans.length > 6) throw invalid('A vNIC has at most six backing devices.');
}

export function deleteVnic(world: World, vnic: Vnic): void {
  const { vnics } = vnic.partition.system;
  vnics.splice(vnics.indexOf(vnic), 1);
  for (const { logicalPort } of vnic.devices) releaseLogicalPort(world, logicalPort);
  vnic.partition.slots.release(vnic.slot);
  deleted(world, vnic);
  modified(world, vnic.partition, 'Other');
}
