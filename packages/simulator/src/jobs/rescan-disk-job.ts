import { modified } from '../world/changes.js';
import { JobFailure } from './job-failure.js';
import type { JobKind } from './job-kind.js';
import { viosOfJob } from './vios-of-job.js';

/** Tells a VIOS to look at a resized disk again; files and images are known by name too (protocol reference 4.3, 8.8). */
export const rescanDiskJob: JobKind = {
  group: 'VirtualIOServer',
  operation: 'RescanVirtualDisk',
  of: 'object',
  parameters: { VirtualDiskUDID: 'any' },
  run: async (run) => {
    const vios = viosOfJob(run);
    const udid = run.parameters.get('VirtualDiskUDID') ?? '';
    const disks = [...vios.volumeGroups].flatMap((group) => group.disks);
    const devices = [...disks, ...vios.physicalVolumes, ...vios.backingObjects];
    const named = vios.backingObjects.some(({ name }) => name === udid);
    if (!named && !devices.some((device) => device.udid === udid)) {
      throw new JobFailure(`VIOS ${vios.name} has no device ${udid}.`, { RETURN_CODE: '-1' });
    }
    modified(run.world, vios, 'Other');
    return { RETURN_CODE: '0' };
  },
};
