import type { ArrayLun, StorageArray } from '../world/storage-array.js';

export interface ArraySnapshot {
  readonly name: string;
  readonly ports: StorageArray['ports'];
  readonly luns: readonly Omit<ArrayLun, 'array'>[];
}

export function arraySnapshot({ name, ports, luns }: StorageArray): ArraySnapshot {
  return { name, ports, luns: luns.map(lunSnapshot) };
}

export function lunSnapshot({ array: _, ...lun }: ArrayLun): Omit<ArrayLun, 'array'> {
  return lun;
}
