import type { Readable, Writable } from 'node:stream';

/** How long one command may take, milliseconds. */
const limitMs = 30_000;

interface Pending {
  readonly resolve: (result: Record<string, unknown>) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

interface Message {
  readonly id?: number;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** The browser's DevTools protocol over two pipes: JSON messages, each ended by a NUL byte. */
export class DevTools {
  readonly #output: Writable;
  readonly #pending = new Map<number, Pending>();
  #next = 1;
  #rest = '';

  constructor(input: Readable, output: Writable) {
    this.#output = output;
    input.setEncoding('utf8');
    input.on('data', (text: string) => this.#receive(text));
    input.on('close', () => this.#fail(new Error('the browser has ended')));
  }

  /** Runs a command, in a page when its session is given. Rejects with the browser's own words. */
  send(
    method: string,
    params: Record<string, unknown> = {},
    sessionId?: string,
  ): Promise<Record<string, unknown>> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new Error(`${method} was not done after ${limitMs} ms`));
      }, limitMs);
      this.#pending.set(id, { resolve, reject, timer });
      this.#output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  #receive(text: string): void {
    const messages = (this.#rest + text).split('\0');
    this.#rest = messages.pop() ?? '';
    for (const message of messages) this.#settle(JSON.parse(message));
  }

  #settle({ id, result, error }: Message): void {
    const pending = id === undefined ? undefined : this.#pending.get(id);
    if (id === undefined || pending === undefined) return; // an event
    this.#pending.delete(id);
    clearTimeout(pending.timer);
    if (error) pending.reject(new Error(error.message));
    else pending.resolve(result ?? {});
  }

  #fail(error: Error): void {
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.#pending.clear();
  }
}
