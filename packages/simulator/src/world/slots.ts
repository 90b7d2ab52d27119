import type { Behaviour } from './behaviour.js';
import { conflict, invalid } from './refusal.js';

export const slotBehaviours: readonly Behaviour[] = [
  {
    id: 'slots.reserved',
    does: 'slots 0 and 1 of a partition belong to its virtual serial adapters and are never given out',
    assumed: 'all captured virtual adapters sit in slot 2 or higher',
  },
  {
    id: 'slots.next',
    does: 'the next available slot is the lowest free one from a seeded start on; the next high one is the highest free',
    assumed:
      'the element names say so (protocol reference 3.9, 3.14); the start varies so that clients cannot rely on it',
  },
];

/** The virtual slots of one partition: who sits where. */
export class SlotTable {
  /** Where the search for a free slot begins. */
  readonly start: number;
  readonly #taken = new Set<number>([0, 1]);
  #limit: number;

  constructor(limit: number, start: number) {
    this.#limit = limit;
    this.start = Math.min(start, limit - 1);
  }

  /** MaximumVirtualIOSlots: slots 0 to limit - 1. */
  get limit(): number {
    return this.#limit;
  }

  get taken(): number[] {
    return [...this.#taken];
  }

  get used(): number {
    return this.#taken.size - 2;
  }

  get free(): number {
    return this.limit - 2 - this.used;
  }

  /** The highest slot in use, 1 when none is. */
  get highest(): number {
    return Math.max(...this.#taken);
  }

  resize(limit: number): void {
    this.#limit = limit;
  }

  has(slot: number): boolean {
    return this.#taken.has(slot);
  }

  /** Throws a `Refusal` when the slot cannot be taken. */
  take(slot: number, whose: string): number {
    if (!Number.isInteger(slot) || slot < 2 || slot >= this.limit) {
      throw invalid(`Virtual slot ${slot} of ${whose} is outside 2 to ${this.limit - 1}.`);
    }
    if (this.#taken.has(slot)) throw conflict(`Virtual slot ${slot} of ${whose} is already in use.`);
    this.#taken.add(slot);
    return slot;
  }

  /** The slots of a table that was saved. */
  restore(taken: readonly number[]): void {
    for (const slot of taken) this.#taken.add(slot);
  }

  takeNext(whose: string): number {
    for (let step = 0; step < this.limit - 2; step += 1) {
      const slot = 2 + ((this.start - 2 + step) % (this.limit - 2));
      if (!this.#taken.has(slot)) return this.take(slot, whose);
    }
    throw this.#full(whose);
  }

  takeHighest(whose: string): number {
    for (let slot = this.limit - 1; slot >= 2; slot -= 1) {
      if (!this.#taken.has(slot)) return this.take(slot, whose);
    }
    throw this.#full(whose);
  }

  release(slot: number): void {
    if (slot > 1) this.#taken.delete(slot);
  }

  #full(whose: string): Error {
    return conflict(`All ${this.limit - 2} virtual slots of ${whose} are in use.`);
  }
}
