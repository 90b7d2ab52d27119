import type { IscsiPath } from '../../world/iscsi/iscsi-session.js';

/** `a` or `[a,b]` (protocol reference 4.7); nothing is no values. */
export function readList(text: string | undefined): string[] {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return [];
  const inner = /^\[(.*)\]$/.exec(trimmed)?.[1];
  return inner === undefined ? [trimmed] : inner.split(',').map((part) => part.trim());
}

export interface PathTexts {
  readonly iqns: readonly string[];
  readonly portals: readonly string[];
  readonly luns: readonly string[];
}

/** The paths that lists of targets, portals and LUNs describe; undefined when they do not fit together. */
export function readPaths({ iqns, portals, luns }: PathTexts, multipath: boolean): IscsiPath[] | undefined {
  const count = Math.max(iqns.length, portals.length, luns.length);
  if (count > 1 && !multipath) return undefined;
  const paths: IscsiPath[] = [];
  for (let index = 0; index < count; index += 1) {
    const iqn = iqns.length === 1 ? iqns[0] : iqns[index];
    const portal = portals.length === 1 ? portals[0] : portals[index];
    const lun = luns.length === 1 ? luns[0] : luns[index];
    if (iqn === undefined || portal === undefined || lun === undefined || !/^\d+$/.test(lun))
      return undefined;
    paths.push({ iqn, portal, lun: Number(lun) });
  }
  return paths;
}
