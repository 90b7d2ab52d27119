/** A text screen of fixed size that scrolls. */
export class Screen {
  readonly columns: number;
  readonly rows: number;
  readonly #lines: string[];
  readonly #listeners = new Set<() => void>();
  #row = 0;
  #column = 0;

  constructor(columns = 80, rows = 24) {
    this.columns = columns;
    this.rows = rows;
    this.#lines = Array.from({ length: rows }, () => '');
  }

  /** Every row, padded to the full width; the cursor is shown as an underscore. */
  get lines(): readonly string[] {
    return this.#lines.map((line, row) => {
      const padded = line.padEnd(this.columns);
      if (row !== this.#row || this.#column >= this.columns) return padded;
      return `${padded.slice(0, this.#column)}_${padded.slice(this.#column + 1)}`;
    });
  }

  /** Carriage return, line feed and backspace move the cursor; other control characters are left out. */
  write(text: string): void {
    for (const character of text) this.#put(character);
    for (const changed of this.#listeners) changed();
  }

  clear(): void {
    this.#lines.fill('');
    this.#row = 0;
    this.#column = 0;
    for (const changed of this.#listeners) changed();
  }

  /** Calls back after every change; the answer ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #put(character: string): void {
    if (character === '\r') this.#column = 0;
    else if (character === '\n') this.#lineFeed();
    else if (character === '\b') this.#column = Math.max(0, this.#column - 1);
    else if (character >= ' ') this.#print(character);
  }

  #print(character: string): void {
    if (this.#column >= this.columns) {
      this.#column = 0;
      this.#lineFeed();
    }
    const line = (this.#lines[this.#row] ?? '').padEnd(this.#column);
    this.#lines[this.#row] = line.slice(0, this.#column) + character + line.slice(this.#column + 1);
    this.#column += 1;
  }

  #lineFeed(): void {
    if (this.#row < this.rows - 1) this.#row += 1;
    else this.#lines.splice(0, this.rows, ...this.#lines.slice(1), '');
  }
}
