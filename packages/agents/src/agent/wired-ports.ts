import { keyOf, type PlugRequest } from './plug-request.js';

/** A port of Neutron's whose adapter is on this system. */
export interface WiredPort {
  readonly request: PlugRequest;
  readonly portId: string;
  readonly adminStateUp: boolean;
}

/** The ports that an agent has wired; the device count in its state report (B-21). */
export class WiredPorts<P extends WiredPort = WiredPort> {
  readonly #ports = new Map<string, P>();

  get count(): number {
    return this.#ports.size;
  }

  set(port: P): void {
    this.#ports.set(keyOf(port.request), port);
  }

  remove(request: PlugRequest): void {
    this.#ports.delete(keyOf(request));
  }

  /** Forgets those of `earlier` ports whose adapters are not among those that exist; a list may be older than others. */
  keepOnly(existing: readonly PlugRequest[], earlier: readonly WiredPort[]): void {
    const keys = new Set(existing.map(keyOf));
    for (const { request } of earlier) if (!keys.has(keyOf(request))) this.remove(request);
  }

  byPort(portId: string): P | undefined {
    return [...this.#ports.values()].find((port) => port.portId === portId);
  }

  [Symbol.iterator](): IterableIterator<P> {
    return this.#ports.values();
  }
}
