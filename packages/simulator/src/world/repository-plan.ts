import { nameUuid } from './identity.js';
import { conflict, invalid } from './refusal.js';
import { usersOf } from './storage-use.js';
import type { VirtualIOServer } from './vios.js';
import {
  BYTES_PER_GB,
  groupFreeGb,
  type MediaRepository,
  type OpticalMedia,
  type VolumeGroup,
} from './volume-group.js';
import type { World } from './world.js';

/** A VirtualOpticalMedia of a posted repository. Media are matched by name. */
export interface MediaRequest {
  readonly name: string;
  readonly mountType: string;
  readonly sizeGb: number;
}

export interface RepositoryRequest {
  readonly name: string;
  readonly sizeGb: number;
  readonly media: readonly MediaRequest[];
}

export interface RepositoryWork {
  /** Size of the repository afterwards, GB. */
  readonly sizeGb: number;
  apply(): void;
  finish(): Promise<void>;
}

/** Checks what a posted repository means; nothing is changed yet. */
export function planRepository(
  world: World,
  group: VolumeGroup,
  request: RepositoryRequest | undefined,
): RepositoryWork {
  const present = group.repository;
  if (request !== undefined) checkRepository(group, request);
  const removed = (present?.media ?? []).filter(
    (medium) => !request?.media.some((m) => m.name === medium.name),
  );
  for (const medium of removed) {
    const user = usersOf(group.vios, medium.udid)[0];
    if (user !== undefined) {
      throw conflict(
        `Optical media ${medium.name} cannot be deleted: it is mapped through ${user.adapters.name}.`,
      );
    }
  }
  return {
    sizeGb: request?.sizeGb ?? 0,
    apply: () => {
      if (request === undefined) group.repository = undefined;
      else applyRepository(world, group, request, removed);
    },
    finish: async () => {
      await Promise.all(removed.map((medium) => world.bytes.remove(medium.contentKey)));
    },
  };
}

function checkRepository(group: VolumeGroup, request: RepositoryRequest): void {
  const present = group.repository;
  if (!(request.sizeGb > 0)) throw invalid(`RepositorySize ${request.sizeGb} is not a size.`);
  if (present !== undefined && present.name !== request.name) {
    throw conflict(`Volume group ${group.name} already has the repository ${present.name}.`);
  }
  if (present !== undefined && request.sizeGb < present.sizeGb) {
    throw invalid(
      `Repository ${present.name} has ${present.sizeGb} GB and cannot shrink to ${request.sizeGb} GB.`,
    );
  }
  const elsewhere = group.vios.volumeGroups.find(
    (other) => other !== group && other.repository !== undefined,
  );
  if (elsewhere !== undefined) {
    throw conflict(
      `VIOS ${group.vios.name} already has a media repository, in volume group ${elsewhere.name}.`,
    );
  }
  const more = request.sizeGb - (present?.sizeGb ?? 0);
  if (more > groupFreeGb(group)) {
    throw conflict(
      `Volume group ${group.name} has ${groupFreeGb(group)} GB free; the repository needs ${more} GB.`,
    );
  }
  for (const medium of request.media) checkMedia(medium);
  const wanted = request.media.reduce((sum, medium) => sum + medium.sizeGb, 0);
  if (wanted > request.sizeGb + 1e-6)
    throw conflict(`Media of ${wanted} GB do not fit a repository of ${request.sizeGb} GB.`);
}

/** Protocol reference 2.7: 37 characters at most. */
export function checkMedia(medium: MediaRequest): void {
  if (!/^[\w.-]{1,37}$/.test(medium.name)) {
    throw invalid(`"${medium.name}" cannot be the name of optical media: 1 to 37 letters, digits and _.-`);
  }
  if (!['rw', 'ro'].includes(medium.mountType))
    throw invalid(`MountType "${medium.mountType}" is neither rw nor ro.`);
}

function applyRepository(
  world: World,
  group: VolumeGroup,
  request: RepositoryRequest,
  removed: readonly OpticalMedia[],
): void {
  const repository = group.repository ?? { name: request.name, sizeGb: 0, media: [] };
  group.repository = repository;
  repository.sizeGb = request.sizeGb;
  const kept = repository.media.filter((medium) => !removed.includes(medium));
  repository.media.splice(0, repository.media.length, ...kept);
  for (const wanted of request.media) {
    if (!kept.some((medium) => medium.name === wanted.name)) addMedia(world, group, repository, wanted);
  }
}

/** Puts blank media into a repository. */
export function addMedia(
  world: World,
  group: VolumeGroup,
  repository: MediaRepository,
  request: MediaRequest,
): OpticalMedia {
  const medium: OpticalMedia = {
    repository,
    name: request.name,
    ...newMediaIds(world, group.vios, request.name),
    mountType: request.mountType === 'ro' ? 'ro' : 'rw',
    sizeGb: request.sizeGb,
  };
  world.bytes.create(medium.contentKey, Math.ceil(request.sizeGb * BYTES_PER_GB));
  repository.media.push(medium);
  return medium;
}

/** On NovaLink media have UUIDs, elsewhere UDIDs that hold their names (protocol reference 2.7, 3.12). */
export function newMediaIds(
  world: World,
  vios: VirtualIOServer,
  name: string,
): Pick<OpticalMedia, 'udid' | 'contentKey'> {
  const contentKey = `0e${name}@${vios.uuid}/${world.random.hex(8)}`;
  return { udid: vios.isManagement ? nameUuid(contentKey) : `0e${name}`, contentKey };
}
