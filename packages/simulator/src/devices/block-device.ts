import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { WrittenFile } from './written-file.js';

export const sectorBytes = 512;
const block = 64 * 1024;
const zeros = Buffer.alloc(block);

/** What a device shows. */
export interface DeviceContent {
  /** bytes */
  readonly size: number;
  read(): AsyncIterable<Uint8Array>;
}

/**
 * One disk in the stand-ins for `dev` and `sys`: a sparse copy of the content as the device, its size, the file that
 * removes it, and links to it.
 */
export class BlockDevice {
  readonly #paths: readonly string[];
  readonly #deletion: WrittenFile;

  private constructor(paths: readonly string[], deletion: WrittenFile) {
    this.#paths = paths;
    this.#deletion = deletion;
  }

  /** `links` are paths below the root; they appear last, when the device can be read. */
  static async create(
    root: string,
    { name, links }: { name: string; links: readonly string[] },
    content: DeviceContent,
    onDelete: () => void,
  ): Promise<BlockDevice> {
    const node = join(root, 'dev', name);
    const sys = join(root, 'sys/block', name);
    const classLink = join(root, 'sys/class/block', name);
    mkdirSync(dirname(node), { recursive: true });
    await copySparse(content, node);
    const deletion = new WrittenFile(join(sys, 'device/delete'), (text) => {
      if (text === '1') onDelete();
    });
    writeFileSync(join(sys, 'size'), `${Math.floor(content.size / sectorBytes)}\n`);
    link(sys, classLink);
    const ends = links.map((path) => join(root, path));
    for (const end of ends) link(node, end);
    return new BlockDevice([...ends, classLink, sys, node], deletion);
  }

  remove(): void {
    this.#deletion.close();
    for (const path of this.#paths) rmSync(path, { recursive: true, force: true });
  }

  close(): void {
    this.#deletion.close();
  }
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  symlinkSync(join(relative(dirname(path), dirname(target)), basename(target)), path);
}

/** Blocks of zeros stay holes, so a disk costs what its content costs. */
async function copySparse(content: DeviceContent, path: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.truncate(content.size);
    let offset = 0;
    for await (const piece of content.read()) {
      if (zeros.compare(piece, 0, piece.length, 0, piece.length) !== 0)
        await file.write(piece, 0, piece.length, offset);
      offset += piece.length;
    }
  } finally {
    await file.close();
  }
}
