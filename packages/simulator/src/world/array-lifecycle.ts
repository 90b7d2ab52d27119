import { conflict, invalid } from './refusal.js';
import type { ArrayLun, StorageArray } from './storage-array.js';
import { usersOf } from './storage-use.js';
import { BYTES_PER_GB } from './volume-group.js';
import type { World } from './world.js';

export interface LunPlan {
  readonly id: number;
  readonly sizeGb: number;
  /** WWPNs in any letter case. */
  readonly initiators: readonly string[] | undefined;
}

/** What an array's own administrator does: a new volume, or another mask on an old one. */
export function exportLun(world: World, array: StorageArray, plan: LunPlan): ArrayLun {
  const initiators = plan.initiators?.map((wwpn) => wwpn.toLowerCase().replaceAll(':', ''));
  const present = array.luns.find((lun) => lun.id === plan.id);
  if (present !== undefined) {
    if (present.sizeGb !== plan.sizeGb)
      throw invalid(`LUN ${plan.id} of ${array.name} has ${present.sizeGb} GB.`);
    present.initiators = initiators;
    return present;
  }
  const naa = `60050768${world.random.hex(24)}`.toUpperCase();
  const lun: ArrayLun = {
    array,
    id: plan.id,
    naa,
    udid: `01${Buffer.from(`3!321 45124${naa}`).toString('base64')}`,
    sizeGb: plan.sizeGb,
    initiators,
  };
  world.bytes.create(lun.udid, Math.round(plan.sizeGb * BYTES_PER_GB));
  array.luns.push(lun);
  return lun;
}

/** Deletes a volume of the array; refused while a VIOS gives it to a partition. */
export async function deleteLun(world: World, lun: ArrayLun): Promise<void> {
  for (const system of world.systems) {
    for (const vios of system.vioses) {
      if (usersOf(vios, lun.udid).length > 0)
        throw conflict(
          `LUN ${lun.id} of ${lun.array.name} is mapped by VIOS ${vios.name} of ${system.name}.`,
        );
    }
  }
  lun.array.luns.splice(lun.array.luns.indexOf(lun), 1);
  await world.bytes.remove(lun.udid);
}
