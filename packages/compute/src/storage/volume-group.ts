import {
  type Entity,
  type Lens,
  type Session,
  type VirtualDisk as VirtualDiskType,
  VirtualIOServer,
  VolumeGroup,
} from '@openstack-powervm/rest';
import type { CallOptions } from '../flow/index.js';
import type { ViosFacts } from '../host/vios-facts.js';
import { baseName } from './disk-names.js';

export type VolumeGroupEntity = Entity<typeof VolumeGroup>;
export type VolumeGroupDocument = Lens<typeof VolumeGroup>;
export type VirtualDiskElement = Lens<typeof VirtualDiskType>;

/** A volume group of a VIOS. Its content is one document, so changes go through group commit (TX-8, design 3.2). */
export class VolumeGroupHandle {
  readonly #session: Session;
  readonly vios: ViosFacts;
  readonly id: string;
  readonly name: string;
  /** What was read last. */
  #entity: VolumeGroupEntity;

  constructor(session: Session, vios: ViosFacts, entity: VolumeGroupEntity) {
    this.#session = session;
    this.vios = vios;
    this.id = entity.id;
    this.name = entity.value.groupName ?? entity.id;
    this.#entity = entity;
  }

  /** Every volume group of a VIOS. */
  static async list(session: Session, vios: ViosFacts, call: CallOptions): Promise<VolumeGroupHandle[]> {
    const parent = { type: VirtualIOServer, id: vios.id };
    const entities = await session.list(VolumeGroup, { ...call, parent });
    return entities.map((entity) => new VolumeGroupHandle(session, vios, entity));
  }

  /** The document as it is now; read again only when it has changed. */
  async read(call: CallOptions): Promise<VolumeGroupDocument> {
    this.#entity = await this.#session.refresh(this.#entity, call);
    return this.#entity.value;
  }

  /** What was read last, without a request. */
  get lastRead(): VolumeGroupDocument {
    return this.#entity.value;
  }

  /** Changes the group; an edit that returns false has changed nothing. The document after the change comes back. */
  async edit(edit: (group: VolumeGroupDocument) => boolean, call: CallOptions): Promise<VolumeGroupDocument> {
    const parent = { type: VirtualIOServer, id: this.vios.id };
    const options = { ...call, parent };
    const { value } = await this.#session.commit(VolumeGroup, this.id, ['None'], edit, options);
    return value;
  }
}

/** The virtual disk of that name, however its path is written (LVG-5). */
export function diskNamed(group: VolumeGroupDocument, name: string): VirtualDiskElement | undefined {
  return group.virtualDisks.find((disk) => baseName(disk.diskName ?? '') === name);
}

/** Removes every disk that a test accepts; says whether there was one. */
export function removeDisks(
  group: VolumeGroupDocument,
  unwanted: (disk: VirtualDiskElement) => boolean,
): boolean {
  const disks = group.virtualDisks.filter(unwanted);
  for (const disk of disks) group.virtualDisks.remove(disk);
  return disks.length > 0;
}

/** Removes optical media by name; says whether there were any. */
export function removeMedia(group: VolumeGroupDocument, names: ReadonlySet<string>): boolean {
  let removed = false;
  for (const repository of group.mediaRepositories)
    for (const medium of repository.opticalMedia.filter(({ mediaName }) => names.has(mediaName ?? ''))) {
      repository.opticalMedia.remove(medium);
      removed = true;
    }
  return removed;
}
