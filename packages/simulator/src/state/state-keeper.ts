import { rm } from 'node:fs/promises';
import { reportError } from '../observe.js';
import { StateError } from './state-error.js';
import { replaceFile } from './write-file.js';

/** Changes that nobody waits for are saved this much later, together. Milliseconds. */
const LEISURE_MS = 200;

/**
 * Keeps a file equal to the world: whoever has changed it waits for `saved` before he says so. One save serves all
 * changes that came before it began.
 */
export class StateKeeper {
  readonly #path: string;
  readonly #write: () => string;
  #changes = 0;
  #savedChanges = 0;
  #saving: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #unused: string[] = [];
  #closed = false;

  /** `write` answers with the state of this moment. */
  constructor(path: string, write: () => string) {
    this.#path = path;
    this.#write = write;
  }

  /** Something has changed. */
  changed(): void {
    this.#changes += 1;
    if (this.#closed || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.saved().catch((error: unknown) => reportError(error, this.#path));
    }, LEISURE_MS);
    this.#timer.unref();
  }

  /** The file at this path is removed when the state that does without it is saved. */
  unused(path: string): void {
    this.#unused.push(path);
  }

  /** Resolves when everything that has happened until now is saved. Throws a `StateError`. */
  async saved(): Promise<void> {
    const wanted = this.#changes;
    while (this.#savedChanges < wanted && !this.#closed) {
      this.#saving ??= this.#save().finally(() => {
        this.#saving = undefined;
      });
      await this.#saving;
    }
  }

  /** Saves what is not saved yet; nothing is saved afterwards. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      await this.saved();
    } finally {
      this.#closed = true;
    }
  }

  async #save(): Promise<void> {
    const upTo = this.#changes;
    const unused = this.#unused;
    this.#unused = [];
    try {
      await replaceFile(this.#path, this.#write());
    } catch (error) {
      this.#unused.push(...unused);
      const reason = error instanceof Error ? error.message : String(error);
      throw new StateError(
        'SIM_STATE_UNSAVED',
        `The state could not be saved to ${this.#path}: ${reason}.`,
        'the simulator has done what was asked, but would forget it; make room or permit writing, then go on',
        error,
      );
    }
    this.#savedChanges = upTo;
    for (const path of unused) await rm(path, { force: true });
  }
}
