import { createHash } from 'node:crypto';
import type { Site } from '../../site/site.js';
import { BYTES_PER_GB } from '../volume-group.js';
import type { World } from '../world.js';

/** A target on the storage network: what it exports, and to whom. */
export interface IscsiTarget {
  readonly iqn: string;
  /** `192.168.30.1:3260`, one for each path. */
  readonly portals: readonly string[];
  readonly chap: { readonly user: string; readonly password: string } | undefined;
  /** Initiators that may log in; undefined lets in everyone. */
  initiators: readonly string[] | undefined;
  readonly luns: IscsiLun[];
}

export interface IscsiLun {
  readonly id: number;
  readonly sizeGb: number;
  /** UDID of the disk on every VIOS that logs in; also names its bytes. */
  readonly udid: string;
  /** 32 hex digits. */
  readonly naa: string;
}

/** Entries of the site with the same IQN are paths to one target. */
export function buildTargets(world: World, plans: Site['iscsiTargets']): IscsiTarget[] {
  return [...new Set(plans.map(({ iqn }) => iqn))].map((iqn) => {
    const paths = plans.filter((plan) => plan.iqn === iqn);
    const target: IscsiTarget = {
      iqn,
      portals: paths.map(({ portal }) => portal),
      chap: paths.find(({ chap }) => chap !== undefined)?.chap,
      initiators: paths.find(({ initiators }) => initiators !== undefined)?.initiators,
      luns: [],
    };
    const sizes = new Map(paths.flatMap(({ luns }) => luns.map(({ id, sizeGb }) => [id, sizeGb])));
    for (const [id, sizeGb] of sizes) target.luns.push(makeLun(world, iqn, id, sizeGb));
    return target;
  });
}

/** A LUN with bytes of its own; one that comes back under an old number is another disk. */
export function makeLun(world: World, iqn: string, id: number, sizeGb: number): IscsiLun {
  const name = createHash('md5')
    .update(`${iqn}/${id}/${world.random.hex(8)}`)
    .digest('hex');
  const naa = `6001405${name.slice(0, 25)}`.toUpperCase();
  const udid = `01${Buffer.from(`3!33213${naa}0BVIRTUAL-DISK03LIOiscsi`).toString('base64')}`;
  world.bytes.create(udid, Math.round(sizeGb * BYTES_PER_GB));
  return { id, sizeGb, udid, naa };
}
