import { rm } from 'node:fs/promises';
import { reportError } from '../observe.js';
import { ChangeTracker } from './change-tracker.js';
import { applyChange, type GraphNode, GraphWriter } from './graph.js';
import type { SavedState } from './saved-state.js';
import { StateError } from './state-error.js';
import { StateFiles } from './state-files.js';
import { textOfChanges, textOfNodes } from './state-text.js';

/** Changes that nobody waits for are saved this much later, together. Milliseconds. */
const LEISURE_MS = 200;

/**
 * Keeps a directory equal to a state: it notices every change by itself; whoever has made one waits for `saved` before
 * he says so. One save serves all changes that came before it began, and costs what they cost, not what the state does.
 */
export class StateKeeper {
  readonly #files: StateFiles;
  readonly #tracker = new ChangeTracker((object) => this.#changed(object));
  #state: SavedState | undefined;
  #writer: GraphWriter | undefined;
  #pending = new Set<object>();
  #changes = 0;
  #savedChanges = 0;
  #saving: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #unused: string[] = [];
  #closed = false;

  constructor(directory: string) {
    this.#files = new StateFiles(directory);
  }

  /** From now on this state is kept, alive. Resolves when it is on the medium. Throws a `StateError`. */
  async keep(state: SavedState): Promise<void> {
    this.#state = state;
    this.#changed(state);
    await this.saved();
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
      await this.#files.close();
    }
  }

  #changed(object: object): void {
    this.#pending.add(object);
    this.#changes += 1;
    if (this.#closed || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.saved().catch((error: unknown) => reportError(error, this.#files.path));
    }, LEISURE_MS);
    this.#timer.unref();
  }

  async #save(): Promise<void> {
    const upTo = this.#changes;
    const unused = this.#unused;
    this.#unused = [];
    try {
      if (this.#files.wantWhole || this.#writer === undefined) await this.#saveWhole();
      else await this.#savePending(this.#writer);
    } catch (error) {
      this.#writer = undefined;
      this.#unused.push(...unused);
      const reason = error instanceof Error ? error.message : String(error);
      throw new StateError(
        'SIM_STATE_UNSAVED',
        `The state could not be saved to ${this.#files.path}: ${reason}.`,
        'the simulator has done what was asked, but would forget it; make room or permit writing, then go on',
        error,
      );
    }
    this.#savedChanges = upTo;
    for (const path of unused) await rm(path, { force: true });
  }

  async #saveWhole(): Promise<void> {
    const state = this.#state;
    if (state === undefined) return;
    const writer = new GraphWriter(state, (object) => this.#tracker.track(object));
    const nodes: GraphNode[] = [];
    for (const change of writer.write([state])) applyChange(nodes, change);
    this.#pending.clear();
    await this.#files.replace((changes) => textOfNodes(nodes, changes));
    this.#writer = writer;
  }

  async #savePending(writer: GraphWriter): Promise<void> {
    // What has left the state may still change; when it comes back, it comes as something new.
    const changed = [...this.#pending].filter((object) => writer.knows(object));
    this.#pending.clear();
    if (changed.length > 0) await this.#files.add(textOfChanges(writer.write(changed)));
  }
}
