import { randomUUID } from 'node:crypto';
import type { Owner } from '../sessions/sessions.js';
import type { Behaviour } from '../world/behaviour.js';
import { conflict, notFound } from '../world/refusal.js';

export const fileBehaviours: readonly Behaviour[] = [
  {
    id: 'file.limit',
    does: "the site's limit of descriptors (100) is held; a further one is refused until others are deleted",
    assumed: 'protocol reference 6.3: servers hold about 100 and then refuse; status and text are ours',
  },
  {
    id: 'file.checked',
    does: 'received bytes must match ExpectedFileSizeInBytes and SHA256 when given, else 400',
    assumed: 'protocol reference 6.2 (inferred)',
  },
  {
    id: 'file.iso',
    does: 'uploading a BROKERED_MEDIA_ISO creates the media in the repository of the VIOS when the last byte has come',
    evidence: 'protocol reference 6.1; when exactly is assumed',
  },
];

export type FileType = 'BROKERED_MEDIA_ISO' | 'BROKERED_DISK_IMAGE';

/** Protocol reference 6.1. */
export interface FileDescriptor {
  readonly uuid: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sha256: string | undefined;
  readonly expectedBytes: number | undefined;
  readonly type: FileType;
  readonly vios: string;
  readonly device: string | undefined;
  /** Who announced it. */
  readonly owner: Owner | undefined;
  readonly createdAt: number;
  modifiedAt: number;
  currentBytes: number;
}

export type FilePlan = Omit<FileDescriptor, 'uuid' | 'owner' | 'createdAt' | 'modifiedAt' | 'currentBytes'>;

/** The file descriptors of one console. */
export class FileDescriptors {
  readonly #limit: number;
  readonly #files = new Map<string, FileDescriptor>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get limit(): number {
    return this.#limit;
  }

  get all(): readonly FileDescriptor[] {
    return [...this.#files.values()];
  }

  create(plan: FilePlan, owner: Owner | undefined): FileDescriptor {
    if (this.#files.size >= this.#limit) {
      throw conflict(`There are already ${this.#limit} file descriptors; delete those that are not needed.`);
    }
    const now = Date.now();
    const file = { ...plan, uuid: randomUUID(), owner, createdAt: now, modifiedAt: now, currentBytes: 0 };
    this.#files.set(file.uuid, file);
    return file;
  }

  get(uuid: string): FileDescriptor {
    const file = this.#files.get(uuid.toLowerCase());
    if (file === undefined) throw notFound(`There is no file ${uuid}.`);
    return file;
  }

  delete(uuid: string): void {
    this.#files.delete(this.get(uuid).uuid);
  }
}
