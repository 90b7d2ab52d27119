import { keyOf, type PlugRequest } from './plug-request.js';

/** A port of Neutron's whose adapter is on this system. */
export interface WiredPort {
  readonly request: PlugRequest;
  readonly portId: string;
  readonly bridge: string;
  readonly vlan: number;
  readonly adminStateUp: boolean;
}

/** The ports that the agent has wired; the device count in its state report (B-21). */
export class WiredPorts {
  readonly #ports = new Map<string, WiredPort>();

  get count(): number {
    return this.#ports.size;
  }

  set(port: WiredPort): void {
    this.#ports.set(keyOf(port.request), port);
  }

  remove(request: PlugRequest): void {
    this.#ports.delete(keyOf(request));
  }

  /** Forgets ports whose adapters are not among those that exist. */
  keepOnly(existing: readonly PlugRequest[]): void {
    const keys = new Set(existing.map(keyOf));
    for (const key of this.#ports.keys()) if (!keys.has(key)) this.#ports.delete(key);
  }

  byPort(portId: string): WiredPort | undefined {
    return [...this.#ports.values()].find((port) => port.portId === portId);
  }

  /** The VLANs in use, by bridge. */
  vlans(): Map<string, Set<number>> {
    const used = new Map<string, Set<number>>();
    for (const { bridge, vlan } of this.#ports.values())
      used.set(bridge, (used.get(bridge) ?? new Set()).add(vlan));
    return used;
  }
}
