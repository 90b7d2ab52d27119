import type { Instance } from '../contract/index.js';
import { fileName } from '../partition/naming.js';

/** Longest name of a virtual disk; VIOS refuses longer ones, REST does not (L-39). */
const virtualDiskLimit = 15;
/** Longest name of a logical unit. */
const logicalUnitLimit = 79;
/** Longest name of an optical medium. */
const mediaLimit = 37;

/** What a disk of an instance is for; `ephemeral0` and on count the flavor's or server's ephemeral disks (DSK-6). */
export type DiskKind = 'boot' | 'rescue' | 'swap' | `ephemeral${number}`;

type Owner = Pick<Instance, 'name' | 'uuid'>;

/**
 * The virtual disk names an instance's disk may have. The first is the one other PowerVM tools use too: kind, start
 * of the instance name, start of the UUID (DSK-3). Four hex digits are not unique among hundreds of servers whose
 * names all begin alike (ID-8), so where that name is taken the second is used, made of 52 bits of the UUID.
 */
export function virtualDiskNames(kind: DiskKind, { name, uuid }: Owner): readonly [string, string] {
  const prefix = shortPrefix(kind);
  const suffix = `_${uuid.slice(0, 4)}`;
  const traditional = fileName(name.slice(0, 8), { prefix, suffix, limit: virtualDiskLimit });
  return [traditional, fileName(uuid.replaceAll('-', ''), { prefix, limit: virtualDiskLimit })];
}

/** `boot` → `b_`; ephemeral disks are numbered: `e0`, `e1` … */
function shortPrefix(kind: DiskKind): string {
  const letter = kind.charAt(0);
  return kind.startsWith('ephemeral')
    ? `e${Number(kind.slice('ephemeral'.length)).toString(36)}`
    : `${letter}_`;
}

/** Kinds of disk an instance may have; ephemeral disks are numbered with one digit to base 36. */
export const everyDiskKind: readonly DiskKind[] = [
  'boot',
  'rescue',
  'swap',
  ...Array.from({ length: 36 }, (_unused, index) => `ephemeral${index}` as const),
];

/** The logical unit name of an instance's disk. The UUID makes it unique, whatever the instance is called (ID-8). */
export function logicalUnitName(kind: DiskKind, { name, uuid }: Owner): string {
  return fileName(name, { prefix: `${kind}_`, suffix: `_${uuid.slice(0, 8)}`, limit: logicalUnitLimit });
}

/** Names of an instance's logical units: ours, and those that other tools give, which need not be unique (DSK-3). */
export function logicalUnitNames(
  kinds: readonly DiskKind[] | 'all',
  owner: Owner,
): { readonly own: ReadonlySet<string>; readonly traditional: ReadonlySet<string> } {
  const wanted = kinds === 'all' ? everyDiskKind : kinds;
  const traditional = (kind: DiskKind): string =>
    fileName(owner.name, { prefix: `${kind}_`, limit: logicalUnitLimit });
  return {
    own: new Set(wanted.map((kind) => logicalUnitName(kind, owner))),
    traditional: new Set(wanted.map(traditional)),
  };
}

/** The virtual disk that caches an image: `i_` and thirteen characters of the image id (IMGC-1). */
export function cachedImageName(imageId: string): string {
  return fileName(imageId, { prefix: 'i_', limit: virtualDiskLimit });
}

/** True for the name of any cached image. */
export function isCachedImageName(name: string): boolean {
  return name.startsWith('i_');
}

/** The config drive's medium in the media repository (CD-2). */
export function configDriveName(instanceUuid: string): string {
  return fileName(instanceUuid.replaceAll('-', ''), { prefix: 'cfg_', suffix: '.iso', limit: mediaLimit });
}

/** The config drive that carries the rescue password (RESC-4). */
export function rescueDriveName(instanceUuid: string): string {
  return fileName(instanceUuid.replaceAll('-', ''), { prefix: 'rescue_', suffix: '.iso', limit: mediaLimit });
}

/** A disk name may be a path where disks are files; only its last part is the name (LVG-4, LVG-5). */
export function baseName(diskName: string): string {
  return diskName.slice(diskName.lastIndexOf('/') + 1);
}
