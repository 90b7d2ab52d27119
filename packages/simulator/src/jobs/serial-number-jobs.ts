import { modified } from '../world/changes.js';
import type { ManagedSystem } from '../world/managed-system.js';
import { allPartitions } from '../world/managed-system.js';
import { requireSettled } from '../world/migration/migration.js';
import { invalid, notFound } from '../world/refusal.js';
import { addSerialNumber, assign, giveBack, removeSerialNumber } from '../world/virtual-serial-number.js';
import type { JobKind, JobRun } from './job-kind.js';
import { peerSystem } from './peer-system.js';

const group = 'ManagedSystem';
const of = 'object';

/** Virtual serial numbers of a system (protocol reference 4.8). */
export const serialNumberJobs: readonly JobKind[] = [
  {
    group,
    operation: 'AddVSN',
    of,
    parameters: { VirtualSerialNumber: 'any' },
    run: async (run) => {
      addSerialNumber(systemOf(run), numberOf(run));
      return {};
    },
  },
  {
    group,
    operation: 'RemoveVSN',
    of,
    parameters: { VirtualSerialNumber: 'any', ResetAutoAssign: ['true', 'false'] },
    run: async (run) => {
      const system = systemOf(run);
      const holder = system.serialNumbers.find(({ number }) => number === numberOf(run))?.partition;
      // With ResetAutoAssign the number stays in the system and is only taken from its partition.
      if (run.parameters.get('ResetAutoAssign') === 'true' && holder !== undefined)
        giveBack(run.world, holder, true);
      else removeSerialNumber(system, numberOf(run));
      return {};
    },
  },
  {
    group,
    operation: 'TransferVSN',
    of,
    parameters: {
      VirtualSerialNumber: 'any',
      TargetManagedSystem: 'any',
      UserName: 'any',
      Host: 'any',
      TargetLparID: 'any',
    },
    run: async (run) => {
      transfer(run);
      return {};
    },
  },
];

function transfer(run: JobRun): void {
  const { parameters, console } = run;
  const target = peerSystem(console, {
    name: required(parameters, 'TargetManagedSystem'),
    address: parameters.get('Host') ?? '',
    user: parameters.get('UserName') ?? '',
  });
  const id = parameters.get('TargetLparID');
  const partition =
    id === undefined ? undefined : allPartitions(target).find((each) => String(each.id) === id);
  if (id !== undefined && partition === undefined)
    throw notFound(`System ${target.name} has no partition with id ${id}.`);
  if (partition !== undefined) requireSettled(partition);
  const serial = addSerialNumber(target, removeSerialNumber(systemOf(run), numberOf(run)).number);
  if (partition === undefined) return;
  giveBack(run.world, partition, false);
  assign(serial, partition);
  modified(run.world, partition, 'Other');
}

const numberOf = ({ parameters }: JobRun): string => required(parameters, 'VirtualSerialNumber');

function required(parameters: ReadonlyMap<string, string>, name: string): string {
  const value = parameters.get(name);
  if (value === undefined) throw invalid(`Parameter ${name} is missing.`);
  return value;
}

function systemOf({ console, target }: JobRun): ManagedSystem {
  const system = console.systems.find(({ uuid }) => uuid === target.toLowerCase());
  if (system === undefined) throw notFound(`There is no managed system ${target}.`);
  return system;
}
