import { cpus, loadavg, totalmem } from 'node:os';

/** What the figures were measured on. */
export interface Machine {
  readonly node: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  /** Average of the last minute before: above a few tenths, wall times say little. */
  readonly load: number;
}

export function machine(): Machine {
  const all = cpus();
  return {
    node: process.version,
    processor: all[0]?.model ?? 'unknown',
    cores: all.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    load: Number(loadavg()[0]?.toFixed(1)),
  };
}

export function machineLine({ node, processor, cores, memoryGb, load }: Machine): string {
  return `${cores} cores (${processor}), ${memoryGb} GB, load ${load}; Node.js ${node}`;
}
