/** One figure of the simulator. */
export interface SimulatorFigure {
  readonly what: string;
  readonly value: number;
  readonly unit: 's' | 'ms' | '/s' | 'MB';
  /** What it should at most, or for a rate at least, be. */
  readonly aim: number;
  /** CPU time of the simulator for it, in the same unit: what `value` would hardly be above on an idle machine. */
  readonly cpu?: number | undefined;
}

export type AddFigure = (figure: SimulatorFigure) => void;

export function figureRow({ what, value, unit, aim, cpu }: SimulatorFigure): string {
  const met = unit === '/s' ? value >= aim : value <= aim;
  const wanted = unit === '/s' ? `at least ${aim}` : `at most ${aim}`;
  const shown = (number: number): string => number.toFixed(unit === 's' || unit === 'ms' ? 2 : 0);
  const used = cpu === undefined ? '' : ` (${shown(cpu)} ${unit} of CPU)`;
  return `  ${what.padEnd(44)}${`${shown(value)} ${unit}`.padStart(12)}   ${wanted}${met ? '' : ', MISSED'}${used}`;
}

/** The middle one of some durations. */
export function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Milliseconds. */
export async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
