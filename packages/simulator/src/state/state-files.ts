import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Journal } from './journal.js';
import type { SavedState } from './saved-state.js';
import { parseState, readState } from './state-text.js';
import { replaceFile } from './write-file.js';

const WHOLE = 'state.json';
const CHANGES = 'changes-';

/** What was kept in the directory; undefined when nothing was. Throws a `StateError`. */
export async function readStateFiles(directory: string): Promise<SavedState | undefined> {
  const path = join(directory, WHOLE);
  if (!existsSync(path)) return undefined;
  const whole = parseState(await readFile(path, 'utf8'), path);
  const { changes } = whole;
  if (changes === undefined) return readState(whole, path);
  return readState(whole, path, () => readFileSync(join(directory, changes), 'utf8'));
}

/** The files of a kept state: `state.json` with everything, and one with what has changed since, which it names. */
export class StateFiles {
  readonly path: string;
  readonly #directory: string;
  #journal: Journal | undefined;
  #wholeBytes = 0;

  constructor(directory: string) {
    this.#directory = directory;
    this.path = join(directory, WHOLE);
  }

  /** Only now and then, so that a change costs what it says, and the files stay within a few times the state. */
  get wantWhole(): boolean {
    return this.#journal === undefined || this.#journal.bytes > Math.max(this.#wholeBytes, LEAST_BYTES);
  }

  /** The state from now on. `text` is given the name under which its changes will be found. */
  async replace(text: (changes: string) => string): Promise<void> {
    const name = `${CHANGES}${randomBytes(8).toString('hex')}`;
    const whole = text(name);
    const journal = await Journal.create(join(this.#directory, name));
    try {
      await replaceFile(this.path, whole);
    } catch (error) {
      await journal.close();
      await rm(join(this.#directory, name), { force: true });
      throw error;
    }
    await this.close();
    this.#journal = journal;
    this.#wholeBytes = whole.length;
    for (const file of await readdir(this.#directory)) {
      if (file.startsWith(CHANGES) && file !== name) await rm(join(this.#directory, file), { force: true });
    }
  }

  /** A change. After an error the state must be replaced. */
  async add(text: string): Promise<void> {
    try {
      await this.#journal?.add(text);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const journal = this.#journal;
    this.#journal = undefined;
    await journal?.close();
  }
}

/** Changes of this size are cheaper to read back than the file is to write. Bytes. */
const LEAST_BYTES = 256 * 1024;
