import { findVolumeGroup } from '../storage/find-volume-group.js';
import { PoolHandle } from '../storage/ssp/cluster.js';
import type { HostCheck } from './check-host.js';
import { type Finding, ok, problemOf, warning } from './finding.js';

/** Below this share of free space a warning is due. */
const scarce = 0.1;

/** The place of instance disks that the options name: found, and how full (LVG-1, SSP-1). */
export async function checkStorage(check: HostCheck): Promise<Finding[]> {
  try {
    return check.options.disk_driver === 'ssp' ? await pool(check) : await volumeGroup(check);
  } catch (thrown) {
    const option = check.options.disk_driver === 'ssp' ? 'cluster_name' : 'volume_group_name';
    return [problemOf('storage', thrown, `correct [powervm] ${option}, or create what it names`)];
  }
}

async function volumeGroup({ session, vioses, options, call }: HostCheck): Promise<Finding[]> {
  if (options.volume_group_name === '') return []; // said of the options already
  const group = await findVolumeGroup(session, vioses, options, call);
  const { groupCapacity = 0, freeSpace = 0 } = group.lastRead;
  return space(`volume group ${group.name} on ${group.vios.name}`, groupCapacity, freeSpace);
}

async function pool({ session, vioses, options, call }: HostCheck): Promise<Finding[]> {
  const handle = await PoolHandle.find(session, vioses, options, call);
  const { totalGb, usedGb } = await handle.capacity(call);
  const members = await handle.viosIds(call);
  return space(
    `the Shared Storage Pool, served by ${members.length} VIOSes of this host,`,
    totalGb,
    totalGb - usedGb,
  );
}

function space(what: string, totalGb: number, freeGb: number): Finding[] {
  const text = `${what} has ${freeGb} of ${totalGb} GB free`;
  return freeGb < totalGb * scarce
    ? [warning('storage', text, 'add a physical volume, or remove disks that nobody uses: powervm disk list')]
    : [ok('storage', text)];
}
