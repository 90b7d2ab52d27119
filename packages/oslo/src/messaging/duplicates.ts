/** How many ids oslo.messaging itself remembers. Redeliveries follow at once, so a short memory is enough. */
const REMEMBERED = 16;

/**
 * Recognises messages that arrive twice: a broker delivers again what was not acknowledged when a connection
 * broke, and a sender repeats what was not confirmed.
 */
export class DuplicateFilter {
  readonly #seen: string[] = [];

  /** True when this id was seen before. Messages without id are never duplicates. */
  isDuplicate(uniqueId: string | undefined): boolean {
    if (uniqueId === undefined) return false;
    if (this.#seen.includes(uniqueId)) return true;
    this.#seen.push(uniqueId);
    if (this.#seen.length > REMEMBERED) this.#seen.shift();
    return false;
  }
}
