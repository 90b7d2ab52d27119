import { keyOf, type PlugRequest, type PortRequest } from './plug-request.js';

/** What was heard about interfaces while a pass was under way, which may have gone by older facts. */
interface News {
  /** MACs of ports that Neutron has changed. */
  readonly changed: Set<string>;
  /** The latest request that came, by interface. */
  readonly requested: Map<string, PortRequest>;
}

/**
 * Requests that wait, each interface once: a newer request replaces an older one whatever the action (EVR-3). UUIDs
 * compare without case.
 */
export class PlugQueue {
  readonly #waiting = new Map<string, PortRequest>();
  readonly #passes = new Set<News>();
  #wake: () => void = () => {};

  get size(): number {
    return this.#waiting.size;
  }

  add(...requests: readonly PortRequest[]): void {
    for (const request of requests)
      for (const { requested } of this.#passes) requested.set(keyOf(request), request);
    this.#put(requests);
  }

  /** Puts requests back after a failure, unless something newer has come for the same interface. */
  addOlder(requests: readonly PortRequest[]): void {
    this.#put(requests.filter((request) => !this.#waiting.has(keyOf(request))));
  }

  /** Everything plugged is listed anew: it replaces plug requests; unplug requests stay (EVR-1). */
  replacePlugs(requests: readonly PlugRequest[]): void {
    for (const [key, request] of this.#waiting) if (request.action === 'plug') this.#waiting.delete(key);
    this.addOlder(requests);
  }

  takeAll(): PortRequest[] {
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    return all;
  }

  /** Neutron has changed a port; `mac` is in REST form. */
  portChanged(mac: string): void {
    for (const { changed } of this.#passes) changed.add(mac);
  }

  /**
   * Runs a pass: work that reads something and acts upon it later, and resolves to the requests it was about. Where
   * an interface was unplugged meanwhile, the port is marked down once more, as the pass may have marked it up; a port
   * that Neutron has changed is looked up once more.
   */
  async during(pass: () => Promise<readonly PortRequest[]>): Promise<void> {
    const news: News = { changed: new Set(), requested: new Map() };
    this.#passes.add(news);
    try {
      const plugs = (await pass()).filter(({ action }) => action === 'plug');
      this.addOlder(plugs.filter(({ mac }) => news.changed.has(mac)));
      const latest = plugs.flatMap((request) => news.requested.get(keyOf(request)) ?? []);
      this.#put(latest.filter(({ action }) => action === 'unplug'));
    } finally {
      this.#passes.delete(news);
    }
  }

  /** Resolves when there is something to take; rejects when the signal aborts. */
  async notEmpty(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#waiting.size > 0) return;
    await new Promise<void>((resolve, reject) => {
      const onAbort = (): void => reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      this.#wake = () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
    });
  }

  #put(requests: readonly PortRequest[]): void {
    for (const request of requests) this.#waiting.set(keyOf(request), request);
    if (requests.length > 0) this.#wake();
  }
}
