/**
 * How many ids are remembered. After a broken connection a sender repeats everything that was not confirmed, at
 * once; more than this many requests are never on their way at the same time. (The 16 that oslo.messaging remembers
 * are too few when hundreds of ports come up together.) About 1 MB when full.
 */
const REMEMBERED = 10_000;

/**
 * Recognises messages that arrive twice: a broker delivers again what was not acknowledged when a connection
 * broke, and a sender repeats what was not confirmed.
 */
export class DuplicateFilter {
  /** In the order they came. */
  readonly #seen = new Set<string>();

  /** True when this id was seen before. Messages without id are never duplicates. */
  isDuplicate(uniqueId: string | undefined): boolean {
    if (uniqueId === undefined) return false;
    if (this.#seen.has(uniqueId)) return true;
    this.#seen.add(uniqueId);
    const [oldest] = this.#seen.size > REMEMBERED ? this.#seen : [];
    if (oldest !== undefined) this.#seen.delete(oldest);
    return false;
  }
}
