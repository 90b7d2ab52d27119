/** Values that tell the series of one metric apart, such as `{ method: 'GET', status: '200' }`. */
export type Labels = Readonly<Record<string, string>>;

/** A metric that can write itself in the text format of Prometheus (version 0.0.4). */
export interface Metric {
  readonly name: string;
  /** The lines of its samples, without HELP and TYPE. */
  samples(): string[];
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
}

/** `name{label="value"} 3`, with what the format wants escaped. */
export function sample(name: string, labels: Labels, value: number): string {
  const written = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  const braces = written.length === 0 ? '' : `{${written.join(',')}}`;
  return `${name}${braces} ${Number.isFinite(value) ? String(value) : 'NaN'}`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

/** The series of a metric by their labels; one that was never seen is not written. */
export class SeriesMap<T> {
  readonly #series = new Map<string, { readonly labels: Labels; readonly state: T }>();

  constructor(private readonly make: () => T) {}

  of(labels: Labels): T {
    const key = JSON.stringify(Object.entries(labels).sort());
    const known = this.#series.get(key);
    if (known) return known.state;
    const state = this.make();
    this.#series.set(key, { labels, state });
    return state;
  }

  /** In the order in which they were first seen. */
  entries(): { readonly labels: Labels; readonly state: T }[] {
    return [...this.#series.values()];
  }
}
