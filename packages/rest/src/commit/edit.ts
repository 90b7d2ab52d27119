import type { XmlElement } from '@openstack-powervm/atom';
import { PowerVMError } from '../errors/error.js';
import type { Representation } from '../reads/representation.js';
import type { Fields, LensOf } from '../schema/index.js';
import type { Deadline } from '../time/deadline.js';
import { type Deferred, deferred } from '../time/deferred.js';

/**
 * A change of a document. It says `false` when there was nothing to change: that costs no write (TX-4). It is called
 * again, on a fresh document, whenever the first write was not made or nobody knows whether it was; so it must look
 * for its own effect and change nothing when it finds it.
 */
export type Edit<F extends Fields> = (value: LensOf<F>) => unknown;

/** Applies an edit; says whether it changed something. An edit that waits would be written half done: it is refused. */
export function applyEdit<F extends Fields>(edit: Edit<F>, value: LensOf<F>): boolean {
  const result = edit(value);
  if (!(result instanceof Promise)) return result !== false;
  result.catch(() => {});
  throw new PowerVMError('PVM_INVALID_ARGUMENT', 'An edit must not be asynchronous');
}

/** What an owner gets: the object after the batch, to be parsed by each owner for itself. */
export interface Committed {
  readonly id: string;
  readonly etag: string | undefined;
  readonly path: string;
  parse(): Representation;
}

/** An edit in a queue, and its owner who waits for it. */
export class QueuedEdit {
  /** Path and query to read: edits of different groups cannot share a write. */
  readonly path: string;
  readonly #edit: (document: XmlElement) => boolean;
  readonly #outcome: Deferred<Committed> = deferred();
  #waiting = true;

  constructor(path: string, edit: (document: XmlElement) => boolean) {
    this.path = path;
    this.#edit = edit;
  }

  /** False when the owner has gone or has been answered. */
  get waiting(): boolean {
    return this.#waiting;
  }

  /** Applies the edit; says whether it changed something. */
  apply(document: XmlElement): boolean {
    return this.#edit(document);
  }

  succeed(committed: Committed): void {
    this.#waiting = false;
    this.#outcome.resolve(committed);
  }

  fail(error: unknown): void {
    this.#waiting = false;
    this.#outcome.reject(error);
  }

  /** The owner's wait; `leave` is called when the owner gives up. */
  async outcome(deadline: Deadline, leave: () => void): Promise<Committed> {
    try {
      return await deadline.race(this.#outcome.promise);
    } finally {
      if (this.#waiting) {
        this.#waiting = false;
        leave();
      }
    }
  }
}
