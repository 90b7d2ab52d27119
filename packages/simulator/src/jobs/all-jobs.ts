import { cliRunnerJob } from './cli-runner-job.js';
import { cloneUuidJob } from './clone-uuid-job.js';
import { clusterCreateJob } from './cluster-create-job.js';
import { coManagementJobs } from './co-management-jobs.js';
import { currentProfileJob } from './current-profile-job.js';
import { iscsiJobs } from './iscsi/iscsi-jobs.js';
import type { JobKind } from './job-kind.js';
import { addLicenseJob } from './license-job.js';
import { linkedCloneJob } from './linked-clone-job.js';
import { luaRecoveryJob } from './lua-recovery-job.js';
import { migrationJobs } from './migration/migration-jobs.js';
import { nextWwpnsJob } from './next-wwpns-job.js';
import { panelFunctionJob } from './panel-function-job.js';
import { placementJob } from './placement-job.js';
import { closeVtermJob, powerJobs } from './power-jobs.js';
import { rbdExistsJob } from './rbd-exists-job.js';
import { removeDeviceJob } from './remove-device-job.js';
import { rescanDiskJob } from './rescan-disk-job.js';
import { reservedMemoryJob } from './reserved-memory-job.js';
import { serialNumberJobs } from './serial-number-jobs.js';

/** Every job that the simulator runs. A new job is a file of its own and a line here. */
export const allJobs: readonly JobKind[] = [
  ...powerJobs,
  closeVtermJob,
  currentProfileJob,
  ...migrationJobs,
  reservedMemoryJob,
  nextWwpnsJob,
  luaRecoveryJob,
  removeDeviceJob,
  ...iscsiJobs,
  cliRunnerJob,
  panelFunctionJob,
  cloneUuidJob,
  addLicenseJob,
  placementJob,
  ...coManagementJobs,
  ...serialNumberJobs,
  rescanDiskJob,
  rbdExistsJob,
  clusterCreateJob,
  linkedCloneJob,
];
