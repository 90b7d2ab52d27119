import { LogicalPartition, type Session } from '@openstack-powervm/rest';
import type { Clock } from '../clock.js';
import { type CallOptions, unlessAborted } from '../flow/index.js';
import { partitionUuidOf } from './naming.js';
import { findPartition, type Partition, partitionOf } from './partition.js';

/** The list is read again after this time even if no event has come. */
const freshMs = 300_000;
/** More changed partitions than this are read with one list. */
const singleReads = 4;

/**
 * The partitions of the host, kept up to date by events: Nova asks for the state of every instance again and again,
 * and a thousand instances must not become a thousand requests (design 3.4).
 */
export class Partitions {
  readonly #session: Session;
  readonly #clock: Clock;
  #known = new Map<string, Partition>();
  #changed = new Set<string>();
  #readAt: number | undefined;
  #reading: Promise<void> | undefined;

  constructor(session: Session, clock: Clock) {
    this.#session = session;
    this.#clock = clock;
  }

  /** A partition was created, changed or deleted: look at it before answering about it. */
  touch(partitionUuid: string): void {
    this.#changed.add(partitionUuid.toUpperCase());
  }

  /** Events may have been missed: nothing known counts any more. */
  forget(): void {
    this.#readAt = undefined;
  }

  /** All client partitions, the management partition left out (HOST-5). */
  async list(call: CallOptions): Promise<readonly Partition[]> {
    await this.#update(call);
    return [...this.#known.values()].filter(({ isManagement }) => !isManagement);
  }

  /** Partitions that manage the system: NovaLink, where it is not a VIOS at the same time. */
  async managing(call: CallOptions): Promise<readonly Partition[]> {
    await this.#update(call);
    return [...this.#known.values()].filter(({ isManagement }) => isManagement);
  }

  /**
   * The partition of an instance; undefined when there is none (HOST-7). One that is not known is looked for at the
   * console: the event of its creation may still be on its way.
   */
  async find(instanceUuid: string, call: CallOptions): Promise<Partition | undefined> {
    const uuid = partitionUuidOf(instanceUuid);
    await this.#update(call);
    if (!this.#known.has(uuid)) await this.#readEach(new Set([uuid]), call);
    return this.#known.get(uuid);
  }

  /** Brings what is known up to date. Callers at the same time share the requests, so none of them may stop these. */
  async #update({ signal }: CallOptions): Promise<void> {
    while (this.#isStale()) {
      this.#reading ??= this.#read({}).finally(() => {
        this.#reading = undefined;
      });
      await unlessAborted(this.#reading, signal);
    }
  }

  #isStale(): boolean {
    return !this.#isCurrent() || this.#changed.size > 0;
  }

  /** The list was read, and not too long ago. */
  #isCurrent(): boolean {
    return this.#readAt !== undefined && this.#clock.now() - this.#readAt < freshMs;
  }

  async #read(call: CallOptions): Promise<void> {
    const changed = this.#changed;
    this.#changed = new Set();
    try {
      if (this.#isCurrent() && changed.size <= singleReads) await this.#readEach(changed, call);
      else await this.#readAll(call);
    } catch (thrown) {
      for (const uuid of changed) this.#changed.add(uuid);
      throw thrown;
    }
  }

  async #readEach(uuids: ReadonlySet<string>, call: CallOptions): Promise<void> {
    await Promise.all(
      [...uuids].map(async (uuid) => {
        const entity = await findPartition(this.#session, uuid, call);
        if (entity) this.#known.set(uuid, partitionOf(entity));
        else this.#known.delete(uuid);
      }),
    );
  }

  /** Entry by entry: the documents of a thousand partitions need not be in memory at once. */
  async #readAll(call: CallOptions): Promise<void> {
    const startedAt = this.#clock.now();
    const known = new Map<string, Partition>();
    for await (const entity of this.#session.stream(LogicalPartition, call)) {
      const partition = partitionOf(entity);
      known.set(partition.uuid, partition);
    }
    this.#known = known;
    this.#readAt = startedAt;
  }
}
