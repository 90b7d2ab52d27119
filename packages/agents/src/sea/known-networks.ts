/** Where a network is on this system. */
export interface Segment {
  readonly physicalNetwork: string;
  readonly vlan: number;
}

interface KnownNetwork extends Segment {
  readonly networkId: string | undefined;
  readonly boundAt: number;
}

/** The networks of this host's ports, by physical network and VLAN, and when a port of each was bound here. */
export class KnownNetworks {
  readonly #graceMs: number;
  readonly #now: () => number;
  readonly #networks = new Map<string, KnownNetwork>();

  constructor(graceMs: number, now: () => number = Date.now) {
    this.#graceMs = graceMs;
    this.#now = now;
  }

  /** A port has been bound to this host, or is on its way to it. */
  bound(segment: Segment, networkId?: string): void {
    this.#note(segment, networkId, this.#now());
  }

  /** A port of the network is here. */
  seen(segment: Segment, networkId: string): void {
    this.#note(segment, networkId, -Infinity);
  }

  /**
   * The VLANs of ports that were bound not long ago. Nova plugs them only later; a clean-up in between must not take
   * their VLAN away (SEAA-12, L-137).
   */
  recentVlans(physicalNetwork: string): number[] {
    const oldest = this.#now() - this.#graceMs;
    return [...this.#networks.values()]
      .filter((each) => each.physicalNetwork === physicalNetwork && each.boundAt >= oldest)
      .map((each) => each.vlan);
  }

  /** The network does not exist any more; returns where it was. */
  forget(networkId: string): Segment[] {
    const gone = [...this.#networks].filter(([, each]) => each.networkId === networkId);
    for (const [key] of gone) this.#networks.delete(key);
    return gone.map(([, { physicalNetwork, vlan }]) => ({ physicalNetwork, vlan }));
  }

  #note({ physicalNetwork, vlan }: Segment, networkId: string | undefined, boundAt: number): void {
    const key = `${physicalNetwork} ${vlan}`;
    const known = this.#networks.get(key);
    this.#networks.set(key, {
      ...{ physicalNetwork, vlan, networkId: networkId ?? known?.networkId },
      boundAt: Math.max(boundAt, known?.boundAt ?? -Infinity),
    });
  }
}
