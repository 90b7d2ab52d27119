import { modified } from '../world/changes.js';
import { notFound } from '../world/refusal.js';
import { JobFailure } from './job-failure.js';
import type { JobKind } from './job-kind.js';
import { partitionOf } from './power-jobs.js';

/** Tells a VIOS to look at a resized disk again (protocol reference 4.3, 8.8). */
export const rescanDiskJob: JobKind = {
  group: 'VirtualIOServer',
  operation: 'RescanVirtualDisk',
  of: 'object',
  parameters: { VirtualDiskUDID: 'any' },
  run: async (run) => {
    const vios = partitionOf(run);
    if (vios.kind !== 'VirtualIOServer') throw notFound(`There is no VIOS ${run.target}.`);
    const udid = run.parameters.get('VirtualDiskUDID') ?? '';
    const disks = [...vios.volumeGroups].flatMap((group) => group.disks);
    if (!disks.some((disk) => disk.udid === udid)) {
      throw new JobFailure(`VIOS ${vios.name} has no device ${udid}.`, { RETURN_CODE: '-1' });
    }
    modified(run.world, vios, 'Other');
    return { RETURN_CODE: '0' };
  },
};
