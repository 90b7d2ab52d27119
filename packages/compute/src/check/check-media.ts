import { isActiveVios } from '../host/vios-facts.js';
import { VolumeGroupHandle } from '../storage/volume-group.js';
import type { HostCheck } from './check-host.js';
import { type Finding, ok, problem, warning } from './finding.js';

/** A config drive is a few hundred KB; this is room for hundreds. */
const enoughGb = 0.1;

/** Where config drives go: an existing media repository with room, or a volume group to create one in (CD-3). */
export async function checkMedia({ session, vioses, options, call }: HostCheck): Promise<Finding[]> {
  const active = (await vioses.all(call)).filter(isActiveVios);
  if (active.length === 0) return []; // said of the VIOSes already
  const groups = (
    await Promise.all(active.map((vios) => VolumeGroupHandle.list(session, vios, call)))
  ).flat();
  const holder = groups.find(({ lastRead }) => lastRead.mediaRepositories.length > 0);
  return holder ? [roomIn(holder)] : [placeFor(groups, options)];
}

function roomIn({ lastRead, vios, name }: VolumeGroupHandle): Finding {
  const repository = lastRead.mediaRepositories.at(0);
  const used =
    repository?.opticalMedia.map(({ size }) => size ?? 0).reduce((sum, size) => sum + size, 0) ?? 0;
  const free = Math.max(0, (repository?.repositorySize ?? 0) - used);
  const text = `the media repository in ${name} on ${vios.name} has ${free.toFixed(2)} GB free`;
  if (free >= enoughGb) return ok('media', text);
  return warning('media', text, `extend it on ${vios.name} (chrep -size), or remove media that nobody uses`);
}

function placeFor(
  groups: readonly VolumeGroupHandle[],
  { vopt_media_volume_group: wanted, vopt_media_rep_size: sizeGb }: HostCheck['options'],
): Finding {
  const group = groups.find(({ name, vios }) => name === wanted && !vios.isManagement);
  if (!group)
    return problem(
      'media',
      `there is no media repository, and no volume group "${wanted}" to create one in`,
      'correct [powervm] vopt_media_volume_group: without it no server with a config drive can be made',
      'PVM_NO_MEDIA_REPOSITORY',
    );
  const free = group.lastRead.freeSpace ?? 0;
  if (free >= sizeGb)
    return ok(
      'media',
      `a media repository of ${sizeGb} GB will be created in ${wanted} on ${group.vios.name}`,
    );
  return problem(
    'media',
    `${wanted} on ${group.vios.name} has ${free} GB free, too little for a media repository of ${sizeGb} GB`,
    'lower [powervm] vopt_media_rep_size, or name another vopt_media_volume_group',
    'PVM_CAPACITY',
  );
}
