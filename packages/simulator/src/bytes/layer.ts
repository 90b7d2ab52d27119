import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Extents } from './extents.js';

/**
 * One sparse file with a part of a disk's bytes. A clone and its source share the layers below their own; a shared
 * layer is never written again.
 */
export interface Layer {
  /** Its name in the store's directory. */
  readonly file: string;
  readonly extents: Extents;
  /** What shows through where this layer holds nothing. */
  readonly parent: Layer | undefined;
  /** Bytes of the parent that show through; what is beyond reads as zeros. */
  parentBytes: number;
  /** Disks and layers that read this one; its file goes with the last of them. */
  users: number;
}

/** The layer and those below it, the topmost first. */
export function* chain(layer: Layer): Generator<Layer> {
  for (let at: Layer | undefined = layer; at !== undefined; at = at.parent) yield at;
}

/** What was ever written, seen from the top. */
export function contentOf(layer: Layer): Extents {
  const all = new Extents(layer.extents.list);
  if (layer.parent === undefined) return all;
  for (const { start, end } of contentOf(layer.parent).list) all.add(start, Math.min(end, layer.parentBytes));
  return all;
}

export function covers(layer: Layer, start: number, end: number): boolean {
  if (layer.extents.list.some((extent) => extent.start < end && extent.end > start)) return true;
  if (layer.parent === undefined) return false;
  const last = Math.min(end, layer.parentBytes);
  return last > start && covers(layer.parent, start, last);
}

/** Reads disks through their layers; close it afterwards. */
export class LayerReader {
  readonly #directory: string;
  readonly #files = new Map<Layer, FileHandle>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Fills a zeroed block with what the disk holds from `at` on. */
  async fill(layer: Layer, block: Buffer, at: number): Promise<void> {
    if (layer.parent !== undefined && layer.parentBytes > at) {
      await this.fill(layer.parent, block.subarray(0, layer.parentBytes - at), at);
    }
    for (const extent of layer.extents.list) {
      const start = Math.max(extent.start, at);
      const end = Math.min(extent.end, at + block.length);
      if (start < end) await (await this.#file(layer)).read(block, start - at, end - start, start);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#files.values()].map((file) => file.close()));
    this.#files.clear();
  }

  async #file(layer: Layer): Promise<FileHandle> {
    const known = this.#files.get(layer);
    if (known !== undefined) return known;
    const opened = await open(join(this.#directory, layer.file), 'r');
    this.#files.set(layer, opened);
    return opened;
  }
}
