import type { Session } from '@openstack-powervm/rest';
import type { PowerVMOptions } from '../contract/index.js';
import { DriverError } from '../errors/index.js';
import { type CallOptions, KeyedLock } from '../flow/index.js';
import { isActiveVios, type ViosFacts } from '../host/vios-facts.js';
import type { VirtualIOServers } from '../host/vioses.js';
import { removeMedia, type VolumeGroupDocument, VolumeGroupHandle } from './volume-group.js';

const repositoryName = 'vopt';
/** A config drive is small. */
const uploadLimitMs = 5 * 60 * 1000;

/** An optical medium on its VIOS. */
export interface Medium {
  readonly name: string;
  readonly viosId: string;
}

/** Bytes of an ISO file. */
export interface IsoFile {
  readonly size: number;
  open(): AsyncIterable<Uint8Array>;
}

/**
 * The media repository of the host. A VIOS can have one only, on any of its volume groups, so an existing one is
 * used; only where there is none is one created in the configured volume group (CD-3, L-95).
 */
export class MediaRepository {
  readonly #session: Session;
  readonly #vioses: VirtualIOServers;
  readonly #options: Pick<PowerVMOptions, 'vopt_media_volume_group' | 'vopt_media_rep_size'>;
  readonly #lock = new KeyedLock();
  /** The VIOS that is asked first, because the disks are there too: then one update maps both. */
  readonly #preferredVios: string | undefined;
  #group: VolumeGroupHandle | undefined;

  constructor(
    session: Session,
    vioses: VirtualIOServers,
    options: Pick<PowerVMOptions, 'vopt_media_volume_group' | 'vopt_media_rep_size'>,
    preferredVios: string | undefined,
  ) {
    this.#session = session;
    this.#vioses = vioses;
    this.#options = options;
    this.#preferredVios = preferredVios;
  }

  /** Uploads a medium; one of the same name, left over from an earlier attempt, is replaced. */
  async upload(name: string, iso: IsoFile, call: CallOptions): Promise<Medium> {
    const group = await this.#useable(call, (document) => removeMedia(document, new Set([name])));
    const viosId = group.vios.id;
    await this.#session.upload({
      kind: 'BROKERED_MEDIA_ISO',
      name,
      viosId,
      size: iso.size,
      body: () => iso.open(),
      // Not cut off when the caller gives up: the console might take what it has for whole a moment after we have
      // looked for what is left of it.
      signal: AbortSignal.timeout(uploadLimitMs),
    });
    return { name, viosId };
  }

  /** Where a medium is; undefined when there is none of that name. */
  async find(name: string, call: CallOptions): Promise<Medium | undefined> {
    const group = this.#group ?? (await this.#search(call));
    const document = await group?.read(call);
    const isThere = document?.mediaRepositories.some(({ opticalMedia }) =>
      opticalMedia.some(({ mediaName }) => mediaName === name),
    );
    return group && isThere ? { name, viosId: group.vios.id } : undefined;
  }

  /** Deletes media by name wherever they are; one that is gone is no error (L-104). */
  async delete(names: readonly string[], call: CallOptions): Promise<void> {
    const wanted = new Set(names);
    const group = this.#group ?? (await this.#search(call));
    await group?.edit((document) => removeMedia(document, wanted), call);
  }

  /**
   * The group that holds the repository, after an edit on it. The place is remembered, but looked at each time: the
   * VIOS may be down, or an operator may have moved the repository.
   */
  async #useable(
    call: CallOptions,
    edit: (document: VolumeGroupDocument) => boolean,
  ): Promise<VolumeGroupHandle> {
    const known = this.#group;
    if (known && (await this.#isActive(known.vios, call))) {
      const document = await known.edit(edit, call);
      if (hasRepository(document)) return known;
    }
    const group = await this.#lock.run('repository', () => this.#findOrCreate(call), call);
    await group.edit(edit, call);
    return group;
  }

  async #findOrCreate(call: CallOptions): Promise<VolumeGroupHandle> {
    const found = (await this.#search(call)) ?? (await this.#create(call));
    this.#group = found;
    return found;
  }

  async #search(call: CallOptions): Promise<VolumeGroupHandle | undefined> {
    const groups = await this.#groups(call);
    return groups.find((group) => hasRepository(group.lastRead));
  }

  async #create(call: CallOptions): Promise<VolumeGroupHandle> {
    const { vopt_media_volume_group: name, vopt_media_rep_size: sizeGb } = this.#options;
    const groups = await this.#groups(call);
    const group = groups.find((candidate) => candidate.name === name && !candidate.vios.isManagement);
    if (!group) throw noRepository(name, groups);
    await group.edit((document) => {
      if (hasRepository(document)) return false;
      document.mediaRepositories.add({ repositoryName, repositorySize: sizeGb });
      return true;
    }, call);
    return group;
  }

  async #groups(call: CallOptions): Promise<VolumeGroupHandle[]> {
    const vioses = [...(await this.#vioses.active(call))];
    vioses.sort((a, b) => Number(b.id === this.#preferredVios) - Number(a.id === this.#preferredVios));
    const groups = await Promise.all(vioses.map((vios) => VolumeGroupHandle.list(this.#session, vios, call)));
    return groups.flat();
  }

  async #isActive(vios: ViosFacts, call: CallOptions): Promise<boolean> {
    const now = (await this.#vioses.all(call)).find(({ id }) => id === vios.id);
    return now !== undefined && isActiveVios(now);
  }
}

function hasRepository(group: VolumeGroupDocument): boolean {
  return group.mediaRepositories.length > 0;
}

function noRepository(name: string, groups: readonly VolumeGroupHandle[]): DriverError {
  const seen = [...new Set(groups.map((group) => `${group.name} on ${group.vios.name}`))].join(', ');
  return new DriverError(
    'PVM_NO_MEDIA_REPOSITORY',
    `No active Virtual I/O Server has a media repository, and volume group "${name}" ([powervm] ` +
      `vopt_media_volume_group), where one would be created, does not exist; volume groups are ${seen || 'none'}`,
    { volumeGroup: name },
  );
}
