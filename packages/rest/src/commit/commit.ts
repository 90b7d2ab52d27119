import { type EntityOf, lazyEntity } from '../reads/entity.js';
import type { Fields, ResourceType } from '../schema/index.js';
import type { Connection } from '../session/connection.js';
import type { CallOptions } from '../time/deadline.js';
import type { Groups } from '../wire/groups.js';
import { type Addressed, instancePath, type ParentAddress, withGroups } from '../wire/paths.js';
import { applyEdit, type Edit, QueuedEdit } from './edit.js';
import { CommitQueue } from './queue.js';

export interface CommitOptions extends CallOptions {
  /** The object that a CHILD type is addressed under. */
  readonly parent?: ParentAddress | undefined;
}

/** What is to be committed to which representation of which object. */
export interface Commit<F extends Fields> {
  readonly type: ResourceType<F>;
  readonly id: string;
  readonly groups: Groups;
  readonly edit: Edit<F>;
}

/** The commit queues of a session, one per object that has edits waiting. */
export class Commits {
  readonly #connection: Connection;
  readonly #queues = new Map<string, CommitQueue>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Queues an edit and waits until it has been written, or has turned out to change nothing. */
  async commit<F extends Fields>(
    { type, id, groups, edit }: Commit<F>,
    options: CommitOptions,
  ): Promise<EntityOf<F>> {
    const object = instancePath(type, id, options.parent);
    const queued = new QueuedEdit(withGroups(object, groups), (document) =>
      applyEdit(edit, type.lens(document)),
    );
    const { timing } = this.#connection;
    const committed = await this.#connection.run(
      `commit to ${type.name} ${id}`,
      options,
      timing.updateMs,
      (deadline) => this.#queueOf(type, id).add(queued, deadline),
    );
    return lazyEntity(type, committed, committed.parse);
  }

  /** One object has one queue, whatever path leads to it; ids compare without case (protocol reference 2.6). */
  #queueOf(type: Addressed, id: string): CommitQueue {
    const key = `${type.name}/${id.toLowerCase()}`;
    const queue =
      this.#queues.get(key) ?? new CommitQueue(this.#connection, type, () => this.#queues.delete(key));
    this.#queues.set(key, queue);
    return queue;
  }
}
