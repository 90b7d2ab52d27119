import type { Random } from './random.js';

/** Objects of one type, found by UUID in any letter case (protocol reference 2.6), listed in a seeded order. */
export class Registry<T extends { readonly uuid: string }> implements Iterable<T> {
  readonly random: Random;
  readonly #list: T[] = [];
  readonly #byUuid = new Map<string, T>();

  constructor(random: Random) {
    this.random = random;
  }

  get size(): number {
    return this.#list.length;
  }

  get(uuid: string): T | undefined {
    return this.#byUuid.get(uuid.toLowerCase());
  }

  /** Takes its place anywhere in the list: clients must not rely on the order of a feed. */
  add(item: T): T {
    this.#byUuid.set(item.uuid.toLowerCase(), item);
    this.#list.splice(this.random.integer(0, this.#list.length), 0, item);
    return item;
  }

  /** The items of a registry that was saved, in their order. */
  restore(items: readonly T[]): void {
    for (const item of items) {
      this.#byUuid.set(item.uuid.toLowerCase(), item);
      this.#list.push(item);
    }
  }

  delete(item: T): void {
    this.#byUuid.delete(item.uuid.toLowerCase());
    const at = this.#list.indexOf(item);
    if (at >= 0) this.#list.splice(at, 1);
  }

  find(test: (item: T) => boolean): T | undefined {
    return this.#list.find(test);
  }

  filter(test: (item: T) => boolean): T[] {
    return this.#list.filter(test);
  }

  map<R>(transform: (item: T) => R): R[] {
    return this.#list.map(transform);
  }

  [Symbol.iterator](): IterableIterator<T> {
    return this.#list.values();
  }
}
