import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Extents } from './extents.js';

const BLOCK = 64 * 1024;

interface Disk {
  readonly path: string;
  readonly extents: Extents;
  sizeBytes: number;
}

/** What is known about the bytes behind a UDID. */
export interface DiskInfo {
  readonly key: string;
  /** The sparse file that holds the bytes. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Bytes that were written with something else than zeros, in whole blocks. */
  readonly writtenBytes: number;
}

/**
 * The bytes of simulated disks and media: one sparse file each, however large the disk claims to be. Blocks of zeros
 * are never written, so a terabyte costs what its content costs.
 */
export class ByteStore {
  readonly #directory: string;
  readonly #disks = new Map<string, Disk>();
  #files = 0;

  /** The directory exists; files appear in it when something is written. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Makes an empty disk; its bytes read as zeros. */
  create(key: string, sizeBytes: number): void {
    this.#files += 1;
    const path = join(this.#directory, `${key.replaceAll(/[^\w.-]/g, '_').slice(0, 80)}-${this.#files}`);
    this.#disks.set(key, { path, extents: new Extents(), sizeBytes });
  }

  has(key: string): boolean {
    return this.#disks.has(key);
  }

  info(key: string): DiskInfo | undefined {
    const disk = this.#disks.get(key);
    if (disk === undefined) return undefined;
    return { key, path: disk.path, sizeBytes: disk.sizeBytes, writtenBytes: disk.extents.bytes };
  }

  /** Grows or shrinks a disk. */
  resize(key: string, sizeBytes: number): void {
    const disk = this.#disk(key);
    disk.sizeBytes = sizeBytes;
    disk.extents.truncate(sizeBytes);
  }

  async remove(key: string): Promise<void> {
    const disk = this.#disks.get(key);
    if (disk === undefined) return;
    this.#disks.delete(key);
    await rm(disk.path, { force: true });
  }

  /**
   * Writes a stream to the start of the disk and answers with its length and SHA-256. Bytes beyond the disk's end
   * are an error, raised before they are written.
   */
  async write(key: string, body: AsyncIterable<Uint8Array>): Promise<{ sizeBytes: number; sha256: string }> {
    const disk = this.#disk(key);
    const hash = createHash('sha256');
    const file = await openForWriting(disk.path);
    let offset = 0;
    try {
      for await (const piece of body) {
        if (offset + piece.length > disk.sizeBytes) {
          throw new RangeError(`more bytes than the ${disk.sizeBytes} that the device holds`);
        }
        hash.update(piece);
        await writeSparse(file, disk.extents, piece, offset);
        offset += piece.length;
      }
    } finally {
      await file.close();
    }
    return { sizeBytes: offset, sha256: hash.digest('hex') };
  }

  /** Copies the content of one disk onto another. */
  async copy(from: string, to: string): Promise<void> {
    const source = this.#disk(from);
    const target = this.#disk(to);
    if (source.extents.bytes === 0) return;
    const input = await open(source.path, 'r');
    try {
      const output = await openForWriting(target.path);
      try {
        await copyExtents(input, output, source.extents, target);
      } finally {
        await output.close();
      }
    } finally {
      await input.close();
    }
  }

  /** The bytes from `start` up to `end` (or the disk's end), zeros where nothing was written. */
  async *read(key: string, start = 0, end = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array> {
    const disk = this.#disk(key);
    const last = Math.min(end, disk.sizeBytes);
    const file = disk.extents.bytes > 0 ? await open(disk.path, 'r') : undefined;
    try {
      for (let at = start; at < last; at += BLOCK) {
        const block = Buffer.alloc(Math.min(BLOCK, last - at));
        await file?.read(block, 0, block.length, at);
        yield block;
      }
    } finally {
      await file?.close();
    }
  }

  #disk(key: string): Disk {
    const disk = this.#disks.get(key);
    if (disk === undefined) throw new RangeError(`no bytes are kept for ${key}`);
    return disk;
  }
}

function openForWriting(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
}

async function copyExtents(
  input: FileHandle,
  output: FileHandle,
  from: Extents,
  target: Disk,
): Promise<void> {
  for (const { start, end } of from.list) {
    const last = Math.min(end, target.sizeBytes);
    for (let at = start; at < last; at += BLOCK) {
      const block = Buffer.alloc(Math.min(BLOCK, last - at));
      await input.read(block, 0, block.length, at);
      await output.write(block, 0, block.length, at);
    }
    target.extents.add(start, last);
  }
}

/** Over never-written bytes, blocks of zeros are left as holes. */
async function writeSparse(
  file: FileHandle,
  extents: Extents,
  piece: Uint8Array,
  offset: number,
): Promise<void> {
  for (let at = 0; at < piece.length; at += BLOCK) {
    const block = piece.subarray(at, Math.min(at + BLOCK, piece.length));
    const start = offset + at;
    if (isZero(block) && !overlaps(extents, start, start + block.length)) continue;
    await file.write(block, 0, block.length, start);
    extents.add(start, start + block.length);
  }
}

const ZEROS = Buffer.alloc(BLOCK);

function isZero(block: Uint8Array): boolean {
  return ZEROS.compare(block, 0, block.length, 0, block.length) === 0;
}

function overlaps(extents: Extents, start: number, end: number): boolean {
  return extents.list.some((extent) => extent.start < end && extent.end > start);
}
