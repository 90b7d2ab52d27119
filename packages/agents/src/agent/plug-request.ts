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
 * Get ready for an interface whose partition comes by live migration: its port is bound elsewhere still, so Neutron
 * cannot be asked about it and the request says where it will be (LMP-8).
 */
export interface PrepareRequest {
  readonly action: 'prepare';
  /** REST form. */
  readonly mac: string;
  readonly partition: string;
  readonly physicalNetwork: string;
  /** Null on flat networks. */
  readonly vlan: number | null;
}

export type PortRequest = PlugRequest | PrepareRequest;

/**
 * Requests that wait, each interface once: a newer request replaces an older one whatever the action (EVR-3). UUIDs
 * compare without case.
 */
export class PlugQueue {
  readonly #waiting = new Map<string, PortRequest>();
  #wake: () => void = () => {};

  get size(): number {
    return this.#waiting.size;
  }

  add(...requests: readonly PortRequest[]): void {
    for (const request of requests) this.#waiting.set(keyOf(request), request);
    if (requests.length > 0) this.#wake();
  }

  /** Puts requests back after a failure, unless something newer has come for the same interface. */
  addOlder(requests: readonly PortRequest[]): void {
    this.add(...requests.filter((request) => !this.#waiting.has(keyOf(request))));
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
export function keyOf({ mac, partition }: Pick<PortRequest, 'mac' | 'partition'>): string {
  return `${mac} ${partition.toLowerCase()}`;
}
