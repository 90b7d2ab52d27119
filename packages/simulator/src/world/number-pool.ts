/** Numbers behind device names (vhost0, vtscsi1, ent4): the lowest free one is given out, as AIX does. */
export class NumberPool {
  readonly #taken = new Set<number>();
  #hint = 0;

  get taken(): number[] {
    return [...this.#taken];
  }

  next(): number {
    while (this.#taken.has(this.#hint)) this.#hint += 1;
    this.#taken.add(this.#hint);
    return this.#hint;
  }

  /** Marks a number as used; false when it was. */
  take(number: number): boolean {
    if (this.#taken.has(number)) return false;
    this.#taken.add(number);
    return true;
  }

  release(number: number): void {
    this.#taken.delete(number);
    this.#hint = Math.min(this.#hint, number);
  }
}
