/** Something to do about one virtual interface. */
export interface PlugRequest {
  readonly action: 'plug' | 'unplug';
  /** REST form. */
  readonly mac: string;
  /** UUID of the partition, in the case it is written in (EVR-4). */
  readonly partition: string;
  /** From a list of everything, where adapters that Neutron does not know are no surprise (AGT-7). */
  readonly quiet?: boolean;
}

/**
 * Requests that wait, each interface once: a newer request replaces an older one whatever the action (EVR-3). UUIDs
 * compare without case.
 */
export class PlugQueue {
  readonly #waiting = new Map<string, PlugRequest>();
  #wake: () => void = () => {};

  get size(): number {
    return this.#waiting.size;
  }

  add(...requests: readonly PlugRequest[]): void {
    for (const request of requests) this.#waiting.set(keyOf(request), request);
    if (requests.length > 0) this.#wake();
  }

  /** Puts requests back after a failure, unless something newer has come for the same interface. */
  addOlder(requests: readonly PlugRequest[]): void {
    this.add(...requests.filter((request) => !this.#waiting.has(keyOf(request))));
  }

  /** Everything plugged is listed anew: it replaces plug requests; unplug requests stay (EVR-1). */
  replacePlugs(requests: readonly PlugRequest[]): void {
    for (const [key, request] of this.#waiting) if (request.action === 'plug') this.#waiting.delete(key);
    this.addOlder(requests);
  }

  takeAll(): PlugRequest[] {
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    return all;
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
}

/** Requests are about the same interface when MAC and partition are equal (EVR-3). */
export function keyOf({ mac, partition }: Pick<PlugRequest, 'mac' | 'partition'>): string {
  return `${mac} ${partition.toLowerCase()}`;
}
