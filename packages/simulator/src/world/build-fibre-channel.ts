import type { SiteFibreChannelPort, SiteStorageArray } from '../site/fibre-channel.js';
import { exportLun } from './array-lifecycle.js';
import type { FibreChannelPort } from './fibre-channel-port.js';
import { discoverLun, lunsOfVios } from './lun-discovery.js';
import type { Random } from './random.js';
import type { StorageArray } from './storage-array.js';
import type { World } from './world.js';

/** Ports of one four-port adapter after the other, numbered as AIX does. */
export function buildPorts(
  random: Random,
  location: string,
  plans: readonly SiteFibreChannelPort[],
): FibreChannelPort[] {
  return plans.map((plan, index) => ({
    name: `fcs${index}`,
    wwpn: plan.wwpn ?? `10000090fa${random.hex(6)}`,
    wwnn: `20000090fa${random.hex(6)}`,
    location: `${location}-C${10 + Math.floor(index / 4)}-T${(index % 4) + 1}`,
    fabric: plan.fabric,
    totalPorts: plan.virtualPorts,
  }));
}

export function buildArray(world: World, plan: SiteStorageArray): StorageArray {
  const random = world.random.stream(`array/${plan.name}`);
  const array: StorageArray = {
    name: plan.name,
    ports: plan.ports.map(({ fabric, wwpn }) => ({ fabric, wwpn: wwpn ?? `500507680${random.hex(7)}` })),
    luns: [],
  };
  for (const { id, sizeGb, initiators } of plan.luns) exportLun(world, array, { id, sizeGb, initiators });
  return array;
}

/** Whatever a VIOS could see when it started, it has found. */
export function discoverAll(world: World): void {
  for (const vios of world.systems.flatMap((system) => [...system.vioses])) {
    for (const lun of lunsOfVios(world, vios)) discoverLun(world, vios, lun, vios.fibreChannelPorts[0]);
  }
}
