import type { Paint } from './paint.js';
import type { Reporter, Step } from './step.js';

/** How often the live line is drawn anew, milliseconds. */
const frameMs = 100;

/** How often a stream that is no terminal is told what is still going on, milliseconds. */
const reminderMs = 15_000;

/** Where and how progress is shown. */
export interface ProgressOptions {
  readonly stream: NodeJS.WriteStream;
  readonly paint: Paint;
  /** Number of steps in the plan. */
  readonly total: number;
}

const seconds = (value: number) => `${value.toFixed(1)} s`.padStart(8);

/** One line per finished step, with the time since the beginning, and what is going on meanwhile. */
export class Progress implements Reporter {
  readonly #options: ProgressOptions;
  readonly #begin = performance.now();
  readonly #running = new Map<string, string>();
  readonly #timer: NodeJS.Timeout;
  readonly #took = new Map<string, number>();
  #finished = 0;

  constructor(options: ProgressOptions) {
    this.#options = options;
    const live = options.stream.isTTY === true;
    this.#timer = setInterval(
      () => (live ? this.#drawLive() : this.#remind()),
      live ? frameMs : reminderMs,
    ).unref();
  }

  /** Time since the beginning, seconds. */
  get elapsed(): number {
    return (performance.now() - this.#begin) / 1000;
  }

  /** How long a finished step took, seconds. */
  secondsOf(name: string): number {
    return this.#took.get(name) ?? 0;
  }

  started(step: Step): void {
    this.#running.set(step.name, step.title);
  }

  progressed(step: Step, progress: string): void {
    if (this.#running.has(step.name)) this.#running.set(step.name, `${step.title} ${progress}`);
  }

  finished(step: Step, result: Parameters<Reporter['finished']>[1]): void {
    const { green, dim } = this.#options.paint;
    this.#finished += 1;
    this.#took.set(step.name, result.seconds);
    const note = result.outcome === 'already done' ? 'already done' : (result.note ?? '');
    const took = result.outcome === 'done' ? dim(`(${result.seconds.toFixed(1)} s)`) : '';
    this.#line(step, [green('✓'), step.title, note && dim(`– ${note}`), took].filter(Boolean).join(' '));
  }

  failed(step: Step, took: number): void {
    this.#line(step, `${this.#options.paint.red('✗')} ${step.title} (${took.toFixed(1)} s)`);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#eraseLive();
  }

  #line(step: Step, text: string): void {
    this.#running.delete(step.name);
    this.#eraseLive();
    this.#options.stream.write(`${this.#options.paint.dim(seconds(this.elapsed))}  ${text}\n`);
  }

  #remind(): void {
    if (this.#running.size === 0) return;
    this.#options.stream.write(`${seconds(this.elapsed)}  … ${[...this.#running.values()].join(', ')}\n`);
  }

  #drawLive(): void {
    const { stream, paint, total } = this.#options;
    const head = `${seconds(this.elapsed)}  [${this.#finished}/${total}] `;
    const room = Math.max(0, (stream.columns ?? 80) - head.length - 1);
    const names = [...this.#running.values()].join(', ');
    const shown = names.length > room ? `${names.slice(0, Math.max(0, room - 1))}…` : names;
    stream.write(`\r\u001b[K${paint.dim(head)}${shown}`);
  }

  #eraseLive(): void {
    if (this.#options.stream.isTTY === true) this.#options.stream.write('\r\u001b[K');
  }
}
