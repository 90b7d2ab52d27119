import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { Redactor } from './redact.js';

/** A file or folder to publish, and where it goes in the bundle. */
export interface Evidence {
  readonly path: string;
  readonly as: string;
}

/** A file of the bundle. */
export interface BundledFile {
  readonly name: string;
  readonly bytes: number;
}

/** Files that hold no text are not published: nothing could be taken out of them. */
async function isText(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8192), 0, 8192, 0);
    return !buffer.subarray(0, bytesRead).includes(0);
  } finally {
    await handle.close();
  }
}

async function filesOf({ path, as }: Evidence): Promise<Evidence[]> {
  const status = await stat(path).catch(() => undefined);
  if (status === undefined) return [];
  if (status.isFile()) return [{ path, as }];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: file, as: join(as, relative(path, file)) }));
}

/** How long the files are: what a log holds beyond that was written later. */
export async function lengthsOf(evidence: readonly Evidence[]): Promise<ReadonlyMap<string, number>> {
  const files = (await Promise.all(evidence.map(filesOf))).flat();
  return new Map(await Promise.all(files.map(async ({ path }) => [path, (await stat(path)).size] as const)));
}

/** A log bundle in the making: a folder whose files hold no secrets, packed at the end. */
export class Bundle {
  readonly #parent: string;
  readonly #folder: string;
  readonly #redactor: Redactor;
  readonly #files: BundledFile[] = [];

  private constructor(parent: string, folder: string, redactor: Redactor) {
    this.#parent = parent;
    this.#folder = folder;
    this.#redactor = redactor;
  }

  /** `name` is that of the folder into which the bundle unpacks. */
  static async open(name: string, redactor: Redactor): Promise<Bundle> {
    const parent = await mkdtemp(join(tmpdir(), 'powervm-vote-'));
    const folder = join(parent, name);
    await mkdir(folder);
    return new Bundle(parent, folder, redactor);
  }

  get files(): readonly BundledFile[] {
    return this.#files.toSorted((one, other) => one.name.localeCompare(other.name));
  }

  /**
   * Adds files. Of one that has grown beyond its length here only the new part is taken, and none of a log that has
   * not; one that is shorter now was begun anew.
   */
  async add(evidence: readonly Evidence[], lengths: ReadonlyMap<string, number> = new Map()): Promise<void> {
    for (const { path, as } of (await Promise.all(evidence.map(filesOf))).flat()) {
      if (!(await isText(path))) continue;
      const known = lengths.get(path) ?? 0;
      const { size } = await stat(path);
      if (size === known && path.endsWith('.log')) continue;
      await this.#write(as, createReadStream(path, { start: size > known ? known : 0 }));
    }
  }

  async addText(name: string, text: string): Promise<void> {
    await this.#write(name, Readable.from([text]));
  }

  /** Packs everything into a file; refuses when a known secret got through all the same. */
  async pack(file: string): Promise<void> {
    for (const { name } of this.#files) await this.#assertClean(name);
    await mkdir(dirname(file), { recursive: true });
    const what = ['--directory', this.#parent, '--owner=0', '--group=0', basename(this.#folder)];
    await promisify(execFile)('tar', ['--create', '--gzip', '--file', file, ...what]);
  }

  async close(): Promise<void> {
    await rm(this.#parent, { recursive: true, force: true });
  }

  async #write(name: string, source: Readable): Promise<void> {
    const target = join(this.#folder, name);
    await mkdir(dirname(target), { recursive: true });
    const redacted = this.#redactor.reader();
    await pipeline(
      source,
      async function* (input: Readable) {
        for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }))
          yield `${redacted(line)}\n`;
      },
      createWriteStream(target, { mode: 0o644 }),
    );
    this.#files.push({ name, bytes: (await stat(target)).size });
  }

  async #assertClean(name: string): Promise<void> {
    for await (const line of createInterface({ input: createReadStream(join(this.#folder, name)) }))
      if (this.#redactor.finds(line))
        throw new Error(`${name} of the bundle still holds a secret of the cloud: nothing is published`);
  }
}
