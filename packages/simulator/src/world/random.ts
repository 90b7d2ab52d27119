import { createHash } from 'node:crypto';

/**
 * Seeded pseudo-random numbers (xoshiro128**). Ids, slot numbers and the order of feeds come from here, so that
 * clients which hard-code them fail, and a run can be repeated from its seed.
 */
export class Random {
  /** Of this stream. */
  readonly seed: string;
  readonly #state: Uint32Array;

  constructor(seed: number | string) {
    this.seed = String(seed);
    const digest = createHash('sha256').update(this.seed).digest();
    this.#state = Uint32Array.from({ length: 4 }, (_, index) => digest.readUInt32LE(index * 4));
  }

  /** A stream that goes on where another one stood. */
  static at(seed: string, state: readonly number[]): Random {
    const random = new Random(seed);
    random.#state.set(state);
    return random;
  }

  /** Where the stream stands: four words. */
  get state(): readonly number[] {
    return [...this.#state];
  }

  /** An independent stream: what one part of the world draws does not shift what another part draws. */
  stream(name: string): Random {
    return new Random(`${this.seed}/${name}`);
  }

  /** A 32-bit unsigned integer. */
  uint32(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.#state;
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const third = c ^ a;
    const fourth = d ^ b;
    this.#state.set([a ^ fourth, b ^ third, third ^ (b << 9), rotateLeft(fourth, 11)]);
    return result;
  }

  /** A number in [0, 1). */
  fraction(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  /** An integer in [low, high], both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1));
  }

  /** `length` hexadecimal digits, lower case. */
  hex(length: number): string {
    let text = '';
    while (text.length < length) text += this.uint32().toString(16).padStart(8, '0');
    return text.slice(0, length);
  }

  /** A copy of the list in another order. */
  shuffled<T>(list: readonly T[]): T[] {
    const rest = [...list];
    const result: T[] = [];
    while (rest.length > 0) result.push(...rest.splice(this.integer(0, rest.length - 1), 1));
    return result;
  }
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
