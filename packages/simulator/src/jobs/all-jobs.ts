import type { JobKind } from './job-kind.js';
import { luaRecoveryJob } from './lua-recovery-job.js';
import { nextWwpnsJob } from './next-wwpns-job.js';
import { closeVtermJob, powerJobs } from './power-jobs.js';
import { removeDeviceJob } from './remove-device-job.js';
import { reservedMemoryJob } from './reserved-memory-job.js';

/** Every job that the simulator runs. A new job is a file of its own and a line here. */
export const allJobs: readonly JobKind[] = [
  ...powerJobs,
  closeVtermJob,
  reservedMemoryJob,
  nextWwpnsJob,
  luaRecoveryJob,
  removeDeviceJob,
];
