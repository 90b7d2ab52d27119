import { conflict } from '../refusal.js';
import { usersOf } from '../storage-use.js';
import type { World } from '../world.js';
import { type IscsiLun, type IscsiTarget, makeLun } from './iscsi-target.js';

/** What a target's own administrator does: a new volume, which replaces one of another size. */
export async function exportIscsiLun(
  world: World,
  target: IscsiTarget,
  id: number,
  sizeGb: number,
): Promise<IscsiLun> {
  const present = target.luns.find((lun) => lun.id === id);
  if (present?.sizeGb === sizeGb) return present;
  if (present !== undefined) await deleteIscsiLun(world, target, present);
  const lun = makeLun(world, target.iqn, id, sizeGb);
  target.luns.push(lun);
  return lun;
}

/** Deletes a volume of the target; refused while a VIOS gives it to a partition. */
export async function deleteIscsiLun(world: World, target: IscsiTarget, lun: IscsiLun): Promise<void> {
  const user = world.systems
    .flatMap((system) => [...system.vioses])
    .find((vios) => usersOf(vios, lun.udid).length > 0);
  if (user !== undefined)
    throw conflict(`LUN ${lun.id} of ${target.iqn} is mapped by VIOS ${user.name} of ${user.system.name}.`);
  target.luns.splice(target.luns.indexOf(lun), 1);
  await world.bytes.remove(lun.udid);
}
