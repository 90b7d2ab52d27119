/** The parts of a disk that were ever written with something else than zeros; the rest reads as zeros. */
export interface Extent {
  start: number;
  /** First byte after the extent. */
  end: number;
}

/** A sorted list of disjoint extents. */
export class Extents {
  readonly #list: Extent[];

  constructor(list: readonly Extent[] = []) {
    this.#list = list.map((extent) => ({ ...extent }));
  }

  get list(): readonly Readonly<Extent>[] {
    return this.#list;
  }

  get bytes(): number {
    return this.#list.reduce((sum, extent) => sum + extent.end - extent.start, 0);
  }

  add(start: number, end: number): void {
    if (end <= start) return;
    const from = this.#list.findIndex((extent) => extent.end >= start);
    if (from < 0) {
      this.#list.push({ start, end });
      return;
    }
    let to = from;
    const merged = { start, end };
    for (let extent = this.#list[to]; extent !== undefined && extent.start <= end; extent = this.#list[to]) {
      merged.start = Math.min(merged.start, extent.start);
      merged.end = Math.max(merged.end, extent.end);
      to += 1;
    }
    this.#list.splice(from, to - from, merged);
  }

  /** Forgets everything from `size` on. */
  truncate(size: number): void {
    while (this.#list.length > 0) {
      const last = this.#list.at(-1);
      if (last === undefined || last.end <= size) return;
      if (last.start < size) {
        last.end = size;
        return;
      }
      this.#list.pop();
    }
  }
}
