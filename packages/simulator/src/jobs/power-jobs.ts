import { modified, touch } from '../world/changes.js';
import type { AnyPartition } from '../world/partition.js';
import { type PowerOffOptions, powerOff, powerOn } from '../world/power.js';
import { notFound } from '../world/refusal.js';
import { usersOf } from '../world/storage-use.js';
import type { World } from '../world/world.js';
import type { JobKind, JobRun } from './job-kind.js';

const flag = ['true'] as const;

/** Protocol reference 4.4; network boot of IBM i is accepted and boots like any other. */
const powerOnParameters = {
  bootmode: ['norm', 'sms', 'dd', 'ds', 'of', 'pbl'],
  keylock: ['manual', 'norm', 'unknown'],
  bootstring: 'any',
  force: flag,
  remove_optical_name: 'any',
  remove_optical_time: 'any',
  iIPLsource: ['a', 'b', 'c', 'd', 'Unknown'],
  OperationType: ['activate', 'netboot', 'changeKeylock'],
  IPAddress: 'any',
  ServerIPAddress: 'any',
  Gateway: 'any',
  IBMiImageServerDirectory: 'any',
  SubnetMask: 'any',
  ConnectionSpeed: 'any',
  DuplexMode: 'any',
  VLANID: 'any',
  MaximumTransmissionUnit: 'any',
} as const;

const powerOffParameters = {
  operation: ['shutdown', 'osshutdown', 'dumprestart'],
  immediate: flag,
  restart: flag,
} as const;

/** PowerOn, PowerOff and CloseVterm for both kinds of partitions (protocol reference 4.3). */
export const powerJobs: readonly JobKind[] = (['LogicalPartition', 'VirtualIOServer'] as const).flatMap(
  (group): JobKind[] => [
    { group, operation: 'PowerOn', of: 'object', parameters: powerOnParameters, run: runPowerOn },
    { group, operation: 'PowerOff', of: 'object', parameters: powerOffParameters, run: runPowerOff },
  ],
);

export const closeVtermJob: JobKind = {
  group: 'LogicalPartition',
  operation: 'CloseVterm',
  of: 'object',
  parameters: {},
  run: async (run) => {
    await run.console.terminals.stop(partitionOf(run));
    return {};
  },
};

async function runPowerOn(run: JobRun): Promise<Record<string, string>> {
  const partition = partitionOf(run);
  await powerOn(run.world, partition, {
    bootMode: run.parameters.get('bootmode'),
    keylock: run.parameters.get('keylock'),
    bootString: run.parameters.get('bootstring'),
  });
  const media = run.parameters.get('remove_optical_name');
  if (media !== undefined) {
    const minutes = Number(run.parameters.get('remove_optical_time') ?? '0');
    run.world.clock.after(minutes * 60_000 + run.world.timing.powerOnMs, () => {
      removeMedia(run.world, partition, media);
    });
  }
  return {};
}

async function runPowerOff(run: JobRun): Promise<Record<string, string>> {
  const partition = partitionOf(run);
  const operation = (run.parameters.get('operation') ?? 'shutdown') as PowerOffOptions['operation'];
  await powerOff(run.world, partition, { operation, immediate: run.parameters.get('immediate') === 'true' });
  if (run.parameters.get('restart') === 'true' || operation === 'dumprestart') {
    await powerOn(run.world, partition, {});
  }
  return {};
}

/** The partition that the job was submitted to. Throws a `Refusal` when it is gone. */
export function partitionOf(run: JobRun): AnyPartition {
  for (const system of run.console.systems) {
    const found = system.partitions.get(run.target) ?? system.vioses.get(run.target);
    if (found !== undefined) return found;
  }
  throw notFound(`There is no partition ${run.target}.`);
}

/** `remove_optical_name` (protocol reference 4.4): unmaps the media after the boot and deletes it. */
function removeMedia(world: World, partition: AnyPartition, name: string): void {
  for (const vios of partition.system.vioses) {
    for (const group of vios.volumeGroups) {
      const media = group.repository?.media ?? [];
      const medium = media.find((candidate) => candidate.name === name);
      if (medium === undefined) continue;
      for (const mapping of usersOf(vios, medium.udid)) {
        if (mapping.adapters.client === partition) mapping.storage = undefined;
      }
      modified(world, vios, 'VirtualSCSIMappings');
      if (usersOf(vios, medium.udid).length > 0) continue;
      media.splice(media.indexOf(medium), 1);
      modified(world, group, 'Other');
      touch(vios);
      void world.bytes.remove(medium.contentKey);
    }
  }
}
