import { PowerVMError } from '../errors/error.js';
import type { Connection } from '../session/connection.js';
import { Deadline } from '../time/deadline.js';
import type { Addressed } from '../wire/paths.js';
import { runBatch } from './batch.js';
import type { Committed, QueuedEdit } from './edit.js';

/**
 * The edits of one object, one batch at a time (design 3.2): whatever is queued when the previous write has ended is
 * applied to one fresh read and sent as one write.
 */
export class CommitQueue {
  readonly #connection: Connection;
  readonly #type: Addressed;
  readonly #onIdle: () => void;
  #queued: QueuedEdit[] = [];
  #batch: { readonly edits: readonly QueuedEdit[]; readonly deadline: Deadline } | undefined;
  #working = false;

  constructor(connection: Connection, type: Addressed, onIdle: () => void) {
    this.#connection = connection;
    this.#type = type;
    this.#onIdle = onIdle;
  }

  /** Queues an edit and waits for its outcome. */
  async add(edit: QueuedEdit, deadline: Deadline): Promise<Committed> {
    this.#queued.push(edit);
    if (!this.#working) void this.#work();
    return await edit.outcome(deadline, () => this.#endDesertedBatch());
  }

  /** Never rejects: every failure goes to the owners of the edits it concerns. */
  async #work(): Promise<void> {
    this.#working = true;
    await Promise.resolve(); // edits queued in the same turn belong together
    for (let edits = this.#take(); edits.length > 0; edits = this.#take()) await this.#run(edits);
    this.#working = false;
    this.#onIdle();
  }

  /** All queued edits that can share a write with the oldest one. */
  #take(): QueuedEdit[] {
    const waiting = this.#queued.filter((edit) => edit.waiting);
    const path = waiting[0]?.path;
    this.#queued = waiting.filter((edit) => edit.path !== path);
    return waiting.filter((edit) => edit.path === path);
  }

  async #run(edits: readonly QueuedEdit[]): Promise<void> {
    using deadline = new Deadline(`commit to ${this.#type.name}`, {}, 0, [this.#connection.closing]);
    this.#batch = { edits, deadline };
    try {
      await runBatch(this.#connection, this.#type, edits, deadline);
    } catch (error) {
      for (const edit of edits) edit.fail(error);
    }
    this.#batch = undefined;
  }

  /** Ends the batch on the wire when nobody waits for any of its edits. */
  #endDesertedBatch(): void {
    if (!this.#batch || this.#batch.edits.some((edit) => edit.waiting)) return;
    this.#batch.deadline.end(new PowerVMError('PVM_ABORTED', 'Nobody waits for this commit any more'));
  }
}
