import { createHash } from 'node:crypto';
import { closeSync, constants, ftruncateSync, openSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Extents } from './extents.js';
import { chain, contentOf, covers, type Layer, LayerReader } from './layer.js';

const BLOCK = 64 * 1024;

interface Disk {
  top: Layer;
  sizeBytes: number;
}

/** What a store needs to go on. */
interface KeptBytes {
  readonly disks: Map<string, Disk>;
  /** How many files it has made. */
  files: number;
}

/** The disks of a store and how many files it has made. */
export interface SavedBytes {
  /** Without `top` a disk is empty. */
  readonly disks: ReadonlyMap<string, { readonly top: Layer | undefined; readonly sizeBytes: number }>;
  readonly files: number;
}

export interface ByteStoreOptions {
  /** Of a store that was in this directory before. */
  readonly saved?: SavedBytes | undefined;
  /** Takes the paths of files that nobody reads any more, instead of their removal. */
  readonly unused?: ((path: string) => void) | undefined;
  /** Content is on the medium before a write is answered. */
  readonly durable?: boolean | undefined;
}

/** What is known about the bytes behind a UDID. */
export interface DiskInfo {
  readonly key: string;
  /** The sparse file that takes what is written; a clone holds only what differs from its source. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Bytes that were written with something else than zeros, in whole blocks. */
  readonly writtenBytes: number;
}

/**
 * The bytes of simulated disks and media: sparse files, however large the disk claims to be. Blocks of zeros are
 * never written, so a terabyte costs what its content costs; clones share what they have in common.
 */
export class ByteStore {
  /** Changes with the store; another one in the same directory can go on from it. */
  readonly kept: KeptBytes;
  readonly #directory: string;
  /** Disks that are being written, and by how many. */
  readonly #writers = new Map<Disk, number>();
  readonly #unused: ByteStoreOptions['unused'];
  readonly #durable: boolean;

  /** The directory exists; files appear in it when something is written. */
  constructor(directory: string, { saved, unused, durable = false }: ByteStoreOptions = {}) {
    this.#directory = directory;
    this.#unused = unused;
    this.#durable = durable;
    this.kept = { disks: new Map(), files: saved?.files ?? 0 };
    for (const [key, { top, sizeBytes }] of saved?.disks ?? []) {
      if (top === undefined) this.create(key, sizeBytes);
      else this.kept.disks.set(key, { top, sizeBytes });
    }
  }

  /** What a store in any directory needs to go on with disks of the same sizes. */
  withoutContents(): SavedBytes {
    const disks = [...this.kept.disks].map(
      ([key, { sizeBytes }]) => [key, { top: undefined, sizeBytes }] as const,
    );
    return { disks: new Map(disks), files: this.kept.files };
  }

  /** Makes an empty disk; its bytes read as zeros. */
  create(key: string, sizeBytes: number): void {
    this.kept.disks.set(key, { top: this.#layer(key, undefined, 0), sizeBytes });
  }

  /**
   * Makes a disk that starts with the bytes of another one and shares them until either is written. What was there
   * under its key is gone.
   */
  clone(from: string, to: string, sizeBytes: number): void {
    const source = this.#disk(from);
    const replaced = this.kept.disks.get(to);
    if (this.#writers.has(source)) throw new RangeError(`${from} is being written`);
    if (replaced !== undefined && this.#writers.has(replaced)) throw new RangeError(`${to} is being written`);
    const shared = source.top;
    source.top = this.#layer(from, shared, source.sizeBytes);
    const top = this.#layer(to, shared, Math.min(sizeBytes, source.sizeBytes));
    shared.users += 1;
    this.kept.disks.set(to, { top, sizeBytes });
    if (replaced !== undefined) void this.#release(replaced.top);
  }

  has(key: string): boolean {
    return this.kept.disks.has(key);
  }

  info(key: string): DiskInfo | undefined {
    const disk = this.kept.disks.get(key);
    if (disk === undefined) return undefined;
    const { top, sizeBytes } = disk;
    return { key, path: join(this.#directory, top.file), sizeBytes, writtenBytes: contentOf(top).bytes };
  }

  /** The file with every byte of a disk that shares none with others; it is as long as the disk is now. */
  wholeFile(key: string): string {
    const { top, sizeBytes } = this.#disk(key);
    if (top.parent !== undefined) throw new RangeError(`${key} shares content with other disks`);
    const path = join(this.#directory, top.file);
    const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      ftruncateSync(file, sizeBytes);
    } finally {
      closeSync(file);
    }
    return path;
  }

  /** Bytes that the disks occupy together: what they share counts once. */
  occupied(keys: Iterable<string>): number {
    const layers = new Set<Layer>();
    for (const key of keys) for (const layer of chain(this.#disk(key).top)) layers.add(layer);
    return [...layers].reduce((sum, layer) => sum + layer.extents.bytes, 0);
  }

  /** Grows or shrinks a disk. */
  resize(key: string, sizeBytes: number): void {
    const disk = this.#disk(key);
    disk.sizeBytes = sizeBytes;
    disk.top.extents.truncate(sizeBytes);
    disk.top.parentBytes = Math.min(disk.top.parentBytes, sizeBytes);
  }

  async remove(key: string): Promise<void> {
    const disk = this.kept.disks.get(key);
    if (disk === undefined) return;
    this.kept.disks.delete(key);
    await this.#release(disk.top);
  }

  /**
   * Writes a stream to the start of the disk and answers with its length and SHA-256. Bytes beyond the disk's end
   * are an error, raised before they are written.
   */
  async write(key: string, body: AsyncIterable<Uint8Array>): Promise<{ sizeBytes: number; sha256: string }> {
    const disk = this.#disk(key);
    const hash = createHash('sha256');
    this.#writers.set(disk, (this.#writers.get(disk) ?? 0) + 1);
    const file = await openForWriting(join(this.#directory, disk.top.file));
    let offset = 0;
    try {
      for await (const piece of body) {
        if (offset + piece.length > disk.sizeBytes) {
          throw new RangeError(`more bytes than the ${disk.sizeBytes} that the device holds`);
        }
        hash.update(piece);
        await writeSparse(file, disk.top, piece, offset);
        offset += piece.length;
      }
      if (this.#durable) await file.datasync();
    } finally {
      this.#writerGone(disk);
      await file.close();
    }
    return { sizeBytes: offset, sha256: hash.digest('hex') };
  }

  /** Copies the content of one disk onto another. */
  async copy(from: string, to: string): Promise<void> {
    const source = this.#disk(from).top;
    const target = this.#disk(to);
    const content = contentOf(source);
    if (content.bytes === 0) return;
    const output = await openForWriting(join(this.#directory, target.top.file));
    const reader = new LayerReader(this.#directory);
    try {
      for (const { start, end } of content.list) {
        const last = Math.min(end, target.sizeBytes);
        for (let at = start; at < last; at += BLOCK) {
          const block = Buffer.alloc(Math.min(BLOCK, last - at));
          await reader.fill(source, block, at);
          await output.write(block, 0, block.length, at);
        }
        target.top.extents.add(start, last);
      }
      if (this.#durable) await output.datasync();
    } finally {
      await reader.close();
      await output.close();
    }
  }

  /** The bytes from `start` up to `end` (or the disk's end), zeros where nothing was written. */
  async *read(key: string, start = 0, end = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array> {
    const disk = this.#disk(key);
    const last = Math.min(end, disk.sizeBytes);
    const reader = new LayerReader(this.#directory);
    try {
      for (let at = start; at < last; at += BLOCK) {
        const block = Buffer.alloc(Math.min(BLOCK, last - at));
        await reader.fill(disk.top, block, at);
        yield block;
      }
    } finally {
      await reader.close();
    }
  }

  /** One writer less. */
  #writerGone(disk: Disk): void {
    const others = (this.#writers.get(disk) ?? 1) - 1;
    if (others === 0) this.#writers.delete(disk);
    else this.#writers.set(disk, others);
  }

  #layer(key: string, parent: Layer | undefined, parentBytes: number): Layer {
    this.kept.files += 1;
    const file = `${key.replaceAll(/[^\w.-]/g, '_').slice(0, 80)}-${this.kept.files}`;
    return { file, extents: new Extents(), parent, parentBytes, users: 1 };
  }

  /** One reader less; the files that nobody reads any more go. */
  async #release(top: Layer): Promise<void> {
    for (const layer of chain(top)) {
      layer.users -= 1;
      if (layer.users > 0) return;
      const path = join(this.#directory, layer.file);
      if (this.#unused === undefined) await rm(path, { force: true });
      else this.#unused(path);
    }
  }

  #disk(key: string): Disk {
    const disk = this.kept.disks.get(key);
    if (disk === undefined) throw new RangeError(`no bytes are kept for ${key}`);
    return disk;
  }
}

function openForWriting(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
}

/** Over never-written bytes, blocks of zeros are left as holes. */
async function writeSparse(file: FileHandle, layer: Layer, piece: Uint8Array, offset: number): Promise<void> {
  for (let at = 0; at < piece.length; at += BLOCK) {
    const block = piece.subarray(at, Math.min(at + BLOCK, piece.length));
    const start = offset + at;
    if (isZero(block) && !covers(layer, start, start + block.length)) continue;
    await file.write(block, 0, block.length, start);
    layer.extents.add(start, start + block.length);
  }
}

const ZEROS = Buffer.alloc(BLOCK);

function isZero(block: Uint8Array): boolean {
  return ZEROS.compare(block, 0, block.length, 0, block.length) === 0;
}
