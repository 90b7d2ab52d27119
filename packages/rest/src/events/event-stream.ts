import { type Deferred, deferred } from '../time/deferred.js';
import { type PowerVMEvent, resynchronise } from './event.js';

/** Events until the stream or its session is closed. For one reader; leaving the loop closes the stream. */
export interface EventStream extends AsyncIterableIterator<PowerVMEvent, undefined>, AsyncDisposable {
  /** Ends the stream; a reader that waits gets the end. */
  close(): void;
}

type Step = IteratorResult<PowerVMEvent, undefined>;

/** The bounded queue between the poll and one reader. */
export class EventQueue implements EventStream {
  readonly #limit: number;
  readonly #onClose: (queue: EventQueue) => void;
  #events: PowerVMEvent[] = [];
  #reader: Deferred<Step> | undefined;
  #ended = false;
  #error: unknown;

  constructor(limit: number, onClose: (queue: EventQueue) => void) {
    this.#limit = limit;
    this.#onClose = onClose;
  }

  /** Adds an event. A reader that does not keep up loses all of them and is told so. */
  push(event: PowerVMEvent): void {
    if (this.#ended) return;
    if (this.#reader) {
      this.#answerReader({ done: false, value: event });
      return;
    }
    if (this.#events.length >= this.#limit) this.#events = [resynchronise('overflow')];
    this.#events.push(event);
  }

  /** Ends the stream, after what is queued, with an error or without. */
  end(error?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    this.#onClose(this);
    if (error === undefined) this.#answerReader({ done: true, value: undefined });
    else this.#takeReader()?.reject(this.#takeError());
  }

  close(): void {
    this.#events = [];
    this.end();
  }

  next(): Promise<Step> {
    const value = this.#events.shift();
    if (value) return Promise.resolve({ done: false, value });
    if (this.#error !== undefined) return Promise.reject(this.#takeError());
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    this.#reader ??= deferred();
    return this.#reader.promise;
  }

  return(): Promise<Step> {
    this.close();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }

  #answerReader(step: Step): void {
    this.#takeReader()?.resolve(step);
  }

  #takeReader(): Deferred<Step> | undefined {
    const reader = this.#reader;
    this.#reader = undefined;
    return reader;
  }

  #takeError(): unknown {
    const error = this.#error;
    this.#error = undefined;
    return error;
  }
}
