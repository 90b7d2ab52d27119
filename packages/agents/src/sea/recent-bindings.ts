/**
 * VLANs of ports that were bound to this host not long ago. Nova plugs them only later; a clean-up in between must
 * not take their VLAN away (SEAA-12, L-137).
 */
export class RecentBindings {
  readonly #graceMs: number;
  readonly #now: () => number;
  readonly #seen = new Map<string, { readonly physicalNetwork: string; readonly vlan: number; at: number }>();

  constructor(graceMs: number, now: () => number = Date.now) {
    this.#graceMs = graceMs;
    this.#now = now;
  }

  note(physicalNetwork: string, vlan: number): void {
    this.#seen.set(`${physicalNetwork} ${vlan}`, { physicalNetwork, vlan, at: this.#now() });
  }

  /** The VLANs of a physical network that are still within their grace time. */
  vlans(physicalNetwork: string): number[] {
    const oldest = this.#now() - this.#graceMs;
    for (const [key, { at }] of this.#seen) if (at < oldest) this.#seen.delete(key);
    return [...this.#seen.values()]
      .filter((each) => each.physicalNetwork === physicalNetwork)
      .map((each) => each.vlan);
  }
}
