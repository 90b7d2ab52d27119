/**
 * The time that one request may take: for an answer that is read as a whole all of it, for a transfer that flows the
 * time in which nothing moves. What the taker of the bytes needs for them does not count.
 */
export class TimeLimit implements Disposable {
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #flows: boolean;
  #held = false;

  /** @param ms 0 for no limit. */
  constructor(ms: number, flows: boolean, onOver: () => void) {
    this.#flows = flows;
    if (ms === 0) return;
    this.#timer = setTimeout(() => {
      if (!this.#held) onOver();
    }, ms);
  }

  /** Something moved, or the wait for it begins. */
  moved(): void {
    this.#held = false;
    if (this.#flows) this.#timer?.refresh();
  }

  /** The next move is not the console's. */
  hold(): void {
    this.#held = true;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
