import { type Labels, type Metric, SeriesMap, sample } from './metric.js';

/** A number that only grows; its name ends in `_total`. */
export class Counter implements Metric {
  readonly type = 'counter';
  readonly #series = new SeriesMap(() => ({ value: 0 }));

  constructor(
    readonly name: string,
    readonly help: string,
  ) {}

  add(labels: Labels = {}, amount = 1): void {
    this.#series.of(labels).value += amount;
  }

  samples(): string[] {
    return this.#series.entries().map(({ labels, state }) => sample(this.name, labels, state.value));
  }
}

/** A number that is looked up when somebody asks. */
export class Gauge implements Metric {
  constructor(
    readonly name: string,
    readonly help: string,
    private readonly read: () => number,
    readonly type: 'gauge' | 'counter' = 'gauge',
  ) {}

  samples(): string[] {
    return [sample(this.name, {}, this.read())];
  }
}
