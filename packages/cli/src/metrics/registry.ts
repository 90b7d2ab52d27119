import { Counter, Gauge } from './counter.js';
import { Histogram } from './histogram.js';
import type { Metric } from './metric.js';

/** All metrics of one process, in the order in which they were made. */
export class Registry {
  readonly #metrics: Metric[] = [];

  counter(name: string, help: string): Counter {
    return this.#keep(new Counter(name, help));
  }

  histogram(name: string, help: string, bounds: readonly number[]): Histogram {
    return this.#keep(new Histogram(name, help, bounds));
  }

  gauge(name: string, help: string, read: () => number): Gauge {
    return this.#keep(new Gauge(name, help, read));
  }

  /** A counter that somebody else keeps. */
  countedElsewhere(name: string, help: string, read: () => number): Gauge {
    return this.#keep(new Gauge(name, help, read, 'counter'));
  }

  /** Names and help texts, for the documentation. */
  get metrics(): readonly Pick<Metric, 'name' | 'type' | 'help'>[] {
    return this.#metrics;
  }

  /** The text that Prometheus scrapes. */
  text(): string {
    const lines = this.#metrics.flatMap((metric) => [
      `# HELP ${metric.name} ${metric.help}`,
      `# TYPE ${metric.name} ${metric.type}`,
      ...metric.samples(),
    ]);
    return `${lines.join('\n')}\n`;
  }

  #keep<M extends Metric>(metric: M): M {
    this.#metrics.push(metric);
    return metric;
  }
}
