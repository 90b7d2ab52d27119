import type { Session } from '@openstack-powervm/rest';
import type { PowerVMOptions } from '../contract/index.js';
import { DriverError } from '../errors/index.js';
import { type CallOptions, KeyedLock } from '../flow/index.js';
import type { VirtualIOServers } from '../host/vioses.js';
import { isMissing } from '../partition/partition.js';
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
 * The media repositories of the host. A VIOS can have one only, on any of its volume groups, so an existing one is
 * used; only where no VIOS has one is one created in the configured volume group (CD-3, L-95).
 */
export class MediaRepository {
  readonly #session: Session;
  readonly #vioses: VirtualIOServers;
  readonly #options: Pick<PowerVMOptions, 'vopt_media_volume_group' | 'vopt_media_rep_size'>;
  readonly #lock = new KeyedLock();
  /** The VIOS that is asked first, because the disks are there too: then one update maps both. */
  readonly #preferredVios: string | undefined;
  /** Groups with a repository that were found, those of VIOSes that are down included; new media go to the first. */
  #known: readonly VolumeGroupHandle[] = [];
  /** VIOSes that were searched. */
  #searched: ReadonlySet<string> = new Set();

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
    for (const group of await this.#repositories(call)) {
      const { mediaRepositories } = await group.read(call);
      const isThere = mediaRepositories.some(({ opticalMedia }) =>
        opticalMedia.some(({ mediaName }) => mediaName === name),
      );
      if (isThere) return { name, viosId: group.vios.id };
    }
    return undefined;
  }

  /**
   * Deletes media by name wherever they are: the VIOS that has them may have been down when later ones were uploaded to
   * another. One that is gone is no error (L-104).
   */
  async delete(names: readonly string[], call: CallOptions): Promise<void> {
    const wanted = new Set(names);
    for (const group of await this.#repositories(call)) await removeFrom(group, wanted, call);
  }

  /**
   * The group that holds the repository, after an edit on it. The place is remembered, but looked at each time: an
   * operator may have moved the repository.
   */
  async #useable(
    call: CallOptions,
    edit: (document: VolumeGroupDocument) => boolean,
  ): Promise<VolumeGroupHandle> {
    const [known] = await this.#repositories(call);
    if (known && hasRepository(await known.edit(edit, call))) return known;
    const group = await this.#lock.run('repository', () => this.#findOrCreate(call), call);
    await group.edit(edit, call);
    return group;
  }

  async #findOrCreate(call: CallOptions): Promise<VolumeGroupHandle> {
    const [found] = await this.#search(call);
    if (found) return found;
    const created = await this.#create(call);
    this.#known = [created, ...this.#known];
    return created;
  }

  /** Groups with a repository on the VIOSes that can be worked with now. A VIOS that is new or back is searched. */
  async #repositories(call: CallOptions): Promise<readonly VolumeGroupHandle[]> {
    const active = await this.#vioses.active(call);
    const isSearched = () => active.every(({ id }) => this.#searched.has(id));
    if (!isSearched())
      await this.#lock.run(
        'repository',
        async () => {
          if (!isSearched()) await this.#search(call);
        },
        call,
      );
    return this.#known.filter(({ vios }) => active.some(({ id }) => id === vios.id));
  }

  /** What was known of VIOSes that are down now stays known. */
  async #search(call: CallOptions): Promise<readonly VolumeGroupHandle[]> {
    const active = await this.#vioses.active(call);
    const ids = new Set(active.map(({ id }) => id));
    const found = (await this.#groups(call)).filter((group) => hasRepository(group.lastRead));
    this.#known = [...found, ...this.#known.filter(({ vios }) => !ids.has(vios.id))];
    this.#searched = new Set([...this.#searched, ...ids]);
    return found;
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
}

/** A group that has gone has taken its media along. */
async function removeFrom(
  group: VolumeGroupHandle,
  names: ReadonlySet<string>,
  call: CallOptions,
): Promise<void> {
  try {
    await group.edit((document) => removeMedia(document, names), call);
  } catch (thrown) {
    if (!isMissing(thrown)) throw thrown;
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
