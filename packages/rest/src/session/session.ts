import { type CommitOptions, Commits } from '../commit/commit.js';
import type { Edit } from '../commit/edit.js';
import type { EventStream } from '../events/event-stream.js';
import { type EventOptions, Events } from '../events/events.js';
import { type InjectedEvent, inject } from '../events/inject.js';
import { type DownloadOptions, download } from '../files/download.js';
import { type UploadOptions, upload } from '../files/upload.js';
import { type JobOptions, type JobResult, runJob } from '../jobs/run-job.js';
import type { EntityOf } from '../reads/entity.js';
import {
  get,
  list,
  quick,
  type RawAnswer,
  type RawReadOptions,
  type ReadOptions,
  read,
  refresh,
  search,
  stream,
} from '../reads/read.js';
import type { Fields, InitOf, LensOf, ResourceType } from '../schema/index.js';
import type { CallOptions } from '../time/deadline.js';
import type { Groups } from '../wire/groups.js';
import type { Addressed } from '../wire/paths.js';
import { type CreateOptions, create } from '../writes/create.js';
import { type DeletableEntity, type DeleteOptions, type ObjectAddress, remove } from '../writes/delete.js';
import { type UpdateOptions, update } from '../writes/update.js';
import { connect } from './connect.js';
import type { Connection } from './connection.js';
import { type ConsoleKind, type ConsoleTraits, traitsOf } from './console.js';
import type { SessionOptions } from './options.js';

/**
 * A session on a PowerVM console. Every verb takes `{ signal, timeoutMs }` and rejects with a `PowerVMError`. Open it
 * with `await using`, or call `close` on every path, so that the console gets its session back.
 *
 * ```ts
 * await using session = await Session.open({ endpoint: 'http://localhost:12080', credentials: { kind: 'local' } });
 * for (const { value } of await session.list(LogicalPartition)) console.log(value.partitionName, value.partitionState);
 * ```
 */
export class Session implements AsyncDisposable {
  /** Which product answers. */
  readonly console: ConsoleKind;
  /** Scheme, host and port in use. */
  readonly endpoint: string;
  /** What this console can do. */
  readonly traits: ConsoleTraits;
  readonly #connection: Connection;
  readonly #commits: Commits;
  readonly #events: Events;

  private constructor(connection: Connection) {
    this.#connection = connection;
    this.#commits = new Commits(connection);
    this.#events = new Events(connection);
    this.console = connection.console;
    this.endpoint = connection.origin;
    this.traits = traitsOf(connection.console);
  }

  /** Logs on (protocol reference 1.4). */
  static async open(options: SessionOptions, call: CallOptions = {}): Promise<Session> {
    return new Session(await connect(options, call));
  }

  /** Reads one object; `groups` says which parts besides its base, none when absent (TX-6). */
  get<F extends Fields>(type: ResourceType<F>, id: string, options: ReadOptions = {}): Promise<EntityOf<F>> {
    return get(this.#connection, type, id, options);
  }

  /** Reads an entity again, cheaply: the same entity comes back when it has not changed. */
  refresh<F extends Fields>(entity: EntityOf<F>, options: CallOptions = {}): Promise<EntityOf<F>> {
    return refresh(this.#connection, entity, options);
  }

  /** Reads all objects of a type or, with `parent`, of that object. */
  list<F extends Fields>(type: ResourceType<F>, options: ReadOptions = {}): Promise<EntityOf<F>[]> {
    return list(this.#connection, type, options);
  }

  /** Like `list`, one object at a time, for feeds of any length. `timeoutMs` covers the whole loop. */
  stream<F extends Fields>(
    type: ResourceType<F>,
    options: ReadOptions = {},
  ): AsyncGenerator<EntityOf<F>, void, undefined> {
    return stream(this.#connection, type, options);
  }

  /**
   * Lets the console find objects by a property. Consoles can do that for `PartitionName` and `PartitionID` of
   * partitions and VIOSes, `ClusterName`, and `StoragePoolName` (protocol reference 2.11).
   */
  search<F extends Fields>(
    type: ResourceType<F>,
    condition: { readonly property: string; readonly value: string | number },
    options: CallOptions = {},
  ): Promise<EntityOf<F>[]> {
    return search(this.#connection, type, condition, options);
  }

  /** Reads one property as JSON without the rest of the object, such as `PartitionState` (protocol reference 2.11). */
  quick(type: Addressed, id: string, property: string, options: CallOptions = {}): Promise<unknown> {
    return quick(this.#connection, type, id, property, options);
  }

  /** Reads any path or link of the console as it is: for what has no declaration, such as metric feeds. */
  read(pathOrHref: string, options: RawReadOptions = {}): Promise<RawAnswer> {
    return read(this.#connection, pathOrHref, options);
  }

  /** Creates an object and returns it with everything the console filled in. */
  create<F extends Fields>(
    type: ResourceType<F>,
    what: InitOf<F> | LensOf<F>,
    options: CreateOptions = {},
  ): Promise<EntityOf<F>> {
    return create(this.#connection, type, what, options);
  }

  /**
   * Changes an object that was read. The edit works on a copy, returns `false` when there is nothing to change, and
   * is repeated on a fresh document when somebody else changed the object meanwhile (TX-1).
   */
  update<F extends Fields>(
    entity: EntityOf<F>,
    edit: Edit<F>,
    options: UpdateOptions = {},
  ): Promise<EntityOf<F>> {
    return update(this.#connection, entity, edit, options);
  }

  /** Deletes an object: an entity only in the version that was read, an address in any version. */
  delete(target: DeletableEntity | ObjectAddress, options: DeleteOptions = {}): Promise<void> {
    return remove(this.#connection, target, options);
  }

  /**
   * Changes an object that many change at once, such as the mappings of a VIOS: edits that wait for the same object
   * are applied to one fresh read and sent as one write (design 3.2). When the console refuses the whole, the edits
   * are tried apart, and only the owner of the guilty one gets the error. An edit may be called several times, always
   * on a fresh document, also after its change was made but the answer was lost: it must look for its own effect and
   * return `false` when it finds it. It must not wait for anything.
   */
  commit<F extends Fields>(
    type: ResourceType<F>,
    id: string,
    groups: Groups,
    edit: Edit<F>,
    options: CommitOptions = {},
  ): Promise<EntityOf<F>> {
    return this.#commits.commit({ type, id, groups, edit }, options);
  }

  /** Runs a job to its end; anything but COMPLETED_OK is `PVM_JOB_FAILED` with the console's reason (JOB-1, JOB-2). */
  runJob(options: JobOptions): Promise<JobResult> {
    return runJob(this.#connection, options);
  }

  /**
   * Subscribes to what happens on the console. All streams of a session share one long poll; it runs while there is a
   * stream. The first event is `resynchronise`: read the state when it arrives, and again whenever another one does.
   */
  events(options: EventOptions = {}): EventStream {
    return this.#events.subscribe(options);
  }

  /** Sends an event of one's own to all clients of the console, where it arrives as `custom`. */
  inject(event: InjectedEvent, options: CallOptions = {}): Promise<void> {
    return inject(this.#connection, event, options);
  }

  /**
   * Uploads a disk image or an optical medium, streaming, at the console's pace; at most three at once (protocol
   * reference 6.3). A source given as a function survives a session that expires meanwhile.
   */
  upload(options: UploadOptions): Promise<void> {
    return upload(this.#connection, options);
  }

  /** Downloads the contents of a device or medium, streaming, at the reader's pace. */
  download(options: DownloadOptions): AsyncGenerator<Uint8Array, void, undefined> {
    return download(this.#connection, options);
  }

  /** Ends calls under way with `PVM_SESSION_CLOSED`, lets clean-ups finish, and logs off. Never rejects. */
  close(): Promise<void> {
    return this.#connection.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
