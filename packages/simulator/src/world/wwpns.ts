import type { Behaviour } from './behaviour.js';
import { conflict } from './refusal.js';

export const wwpnBehaviours: readonly Behaviour[] = [
  {
    id: 'wwpn.pairs',
    does: "virtual WWPNs are the system's prefix of 12 digits and a number that is never used twice; a pair is two consecutive ones",
    evidence: 'captures fake_vios_feed2.txt and sys_with_sriov.txt (WWPNPrefix)',
  },
];

const LIMIT = 65_536;

/** The virtual WWPNs of one system. */
export class WwpnPool {
  /** 12 lower-case hex digits. */
  readonly prefix: string;
  #next: number;

  constructor(prefix: string, next = 0) {
    this.prefix = prefix;
    this.#next = next;
  }

  /** The number that the next WWPN ends in. */
  get next(): number {
    return this.#next;
  }

  get available(): number {
    return LIMIT - this.#next;
  }

  /** WWPNPrefix of the managed system: an unsigned 64-bit integer in decimal. */
  get decimalPrefix(): string {
    return BigInt(`0x${this.prefix}0000`).toString();
  }

  takePair(): [string, string] {
    if (this.available < 2) throw conflict('The system has no World Wide Port Names left.');
    return [this.#take(), this.#take()];
  }

  #take(): string {
    const number = this.#next;
    this.#next += 1;
    return `${this.prefix}${number.toString(16).padStart(4, '0')}`;
  }
}
