import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readIfPresent, writePrivateFile } from '../deployment/files.js';
import type { Paths } from '../deployment/paths.js';

const markerSchema = z.object({
  /** With which version the work was begun last. */
  started: z.string().optional(),
  /** With which version it came to its end last. */
  finished: z.string().optional(),
});
type MarkerContent = z.infer<typeof markerSchema>;

/** What is remembered about work that must not be taken for done when it was cut off. */
export class Marker {
  readonly #file: string;

  constructor(paths: Paths, name: string) {
    this.#file = join(paths.done, `${name}.json`);
  }

  async read(): Promise<MarkerContent | undefined> {
    const text = await readIfPresent(this.#file);
    return text === undefined ? undefined : markerSchema.parse(JSON.parse(text));
  }

  write(content: MarkerContent): Promise<void> {
    return writePrivateFile(this.#file, `${JSON.stringify(content)}\n`);
  }

  /** Forgets it: the work is to be done from the beginning. */
  async remove(): Promise<void> {
    await rm(this.#file, { force: true });
  }
}
