import { type Labels, type Metric, SeriesMap, sample } from './metric.js';

interface Distribution {
  /** How many observations are at most as large as the bound of the same position. */
  readonly counts: number[];
  count: number;
  sum: number;
}

/** How observations are spread over buckets; each bucket counts those of the smaller ones too. */
export class Histogram implements Metric {
  readonly type = 'histogram';
  readonly #series: SeriesMap<Distribution>;

  constructor(
    readonly name: string,
    readonly help: string,
    private readonly bounds: readonly number[],
  ) {
    this.#series = new SeriesMap(() => ({ counts: bounds.map(() => 0), count: 0, sum: 0 }));
  }

  observe(value: number, labels: Labels = {}): void {
    const distribution = this.#series.of(labels);
    distribution.count += 1;
    distribution.sum += value;
    this.bounds.forEach((bound, position) => {
      if (value <= bound) distribution.counts[position] = (distribution.counts[position] ?? 0) + 1;
    });
  }

  samples(): string[] {
    return this.#series
      .entries()
      .flatMap(({ labels, state: { counts, count, sum } }) => [
        ...this.bounds.map((bound, position) =>
          sample(`${this.name}_bucket`, { ...labels, le: String(bound) }, counts[position] ?? 0),
        ),
        sample(`${this.name}_bucket`, { ...labels, le: '+Inf' }, count),
        sample(`${this.name}_sum`, labels, sum),
        sample(`${this.name}_count`, labels, count),
      ]);
  }
}
