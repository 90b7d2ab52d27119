import type { Session } from '@openstack-powervm/rest';
import type { PowerVMOptions } from '../contract/index.js';
import { DriverError } from '../errors/index.js';
import type { CallOptions } from '../flow/index.js';
import type { VirtualIOServers } from '../host/vioses.js';
import { VolumeGroupHandle } from './volume-group.js';

/** Finds the volume group of the instance disks by name; the first VIOS that has it wins (LVG-1). */
export async function findVolumeGroup(
  session: Session,
  vioses: VirtualIOServers,
  options: Pick<PowerVMOptions, 'volume_group_name'>,
  call: CallOptions,
): Promise<VolumeGroupHandle> {
  const name = options.volume_group_name;
  if (name === '')
    throw new DriverError(
      'PVM_CONFIG_MISSING',
      '[powervm] disk_driver is localdisk, so [powervm] volume_group_name must name the volume group for instance disks',
      { option: 'volume_group_name' },
    );
  const seen: string[] = [];
  for (const vios of await vioses.active(call))
    for (const group of await VolumeGroupHandle.list(session, vios, call)) {
      if (group.name === name) return group;
      seen.push(`${group.name} on ${vios.name}`);
    }
  throw new DriverError(
    'PVM_VOLUME_GROUP_NOT_FOUND',
    `[powervm] volume_group_name is "${name}", but no active Virtual I/O Server has a volume group of that name; ` +
      `there are ${seen.join(', ') || 'none'}`,
    { volumeGroup: name },
  );
}
