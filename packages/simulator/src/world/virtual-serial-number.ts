import type { Behaviour } from './behaviour.js';
import { modified } from './changes.js';
import { nameUuid } from './identity.js';
import type { ManagedSystem } from './managed-system.js';
import { requireSettled } from './migration/migration.js';
import type { AnyPartition } from './partition.js';
import { conflict, invalid, notFound } from './refusal.js';
import type { World } from './world.js';

export const serialNumberBehaviours: readonly Behaviour[] = [
  {
    id: 'vsn.pool',
    does: 'a system keeps virtual serial numbers of seven letters and digits; each belongs to one partition or to none (65535)',
    evidence: 'protocol reference 3.23; capture vsn.txt',
  },
  {
    id: 'vsn.assign',
    does: 'VirtualSerialNumber of a partition takes a free number of the system, "auto" any that may be assigned by itself, "none" gives it back',
    assumed: 'protocol reference 3.4 knows "none"; "auto" is from IBM’s documentation',
  },
  {
    id: 'vsn.auto-assign',
    does: 'a number that was assigned is no longer assigned by itself until resetAutoAssign says so',
    assumed: 'protocol reference 1.9, 3.23: resetAutoAssign returns it to the auto-assign pool',
  },
];

/** A serial number that a partition may carry instead of the machine's. */
export interface VirtualSerialNumber {
  readonly uuid: string;
  readonly number: string;
  partition: AnyPartition | undefined;
  autoAssign: boolean;
}

export function addSerialNumber(system: ManagedSystem, number: string): VirtualSerialNumber {
  if (!/^[0-9A-Z]{7}$/.test(number))
    throw invalid(`"${number}" cannot be a virtual serial number: seven capital letters and digits.`);
  if (system.serialNumbers.some((other) => other.number === number))
    throw conflict(`System ${system.name} already has the virtual serial number ${number}.`);
  const serial = { uuid: nameUuid(`vsn/${number}`), number, partition: undefined, autoAssign: true };
  system.serialNumbers.push(serial);
  return serial;
}

/** Throws a `Refusal` while a partition carries it. */
export function removeSerialNumber(system: ManagedSystem, number: string): VirtualSerialNumber {
  const serial = findSerialNumber(system, number);
  if (serial.partition !== undefined)
    throw conflict(`Virtual serial number ${number} belongs to partition ${serial.partition.name}.`);
  system.serialNumbers.splice(system.serialNumbers.indexOf(serial), 1);
  return serial;
}

export const serialNumberOf = (partition: AnyPartition): VirtualSerialNumber | undefined =>
  partition.system.serialNumbers.find((serial) => serial.partition === partition);

/** Checks what a posted VirtualSerialNumber asks for; calling the answer makes it so. */
export function planSerialNumber(world: World, partition: AnyPartition, wanted: string): () => void {
  const present = serialNumberOf(partition);
  if (wanted === (present?.number ?? 'none')) return () => {};
  requireSettled(partition);
  const next = wanted === 'none' ? undefined : chooseSerialNumber(partition.system, wanted);
  return () => {
    if (present !== undefined) present.partition = undefined;
    if (next !== undefined) assign(next, partition);
    modified(world, partition, 'Other');
  };
}

/** Throws a `Refusal` when there is no such number, or none that is free. */
export function chooseSerialNumber(system: ManagedSystem, wanted: string): VirtualSerialNumber {
  if (wanted === 'auto') {
    const free = system.serialNumbers.find((serial) => serial.autoAssign && serial.partition === undefined);
    if (free === undefined) throw conflict(`System ${system.name} has no virtual serial number to assign.`);
    return free;
  }
  const serial = findSerialNumber(system, wanted);
  if (serial.partition !== undefined)
    throw conflict(`Virtual serial number ${wanted} belongs to partition ${serial.partition.name}.`);
  return serial;
}

export function assign(serial: VirtualSerialNumber, partition: AnyPartition): void {
  serial.partition = partition;
  serial.autoAssign = false;
}

/** The partition is gone or gives its number up. */
export function giveBack(world: World, partition: AnyPartition, resetAutoAssign: boolean): void {
  const serial = serialNumberOf(partition);
  if (serial === undefined) return;
  requireSettled(partition);
  serial.partition = undefined;
  if (resetAutoAssign) serial.autoAssign = true;
  modified(world, partition, 'Other');
}

function findSerialNumber(system: ManagedSystem, number: string): VirtualSerialNumber {
  const serial = system.serialNumbers.find((candidate) => candidate.number === number);
  if (serial === undefined) throw notFound(`System ${system.name} has no virtual serial number ${number}.`);
  return serial;
}
