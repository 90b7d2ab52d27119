/** Settings of a partition that shares processors. Units are processors. */
export interface SharedProcessors {
  readonly mode: 'shared';
  units: { minimum: number; desired: number; maximum: number };
  virtual: { minimum: number; desired: number; maximum: number };
  poolId: number;
  /** 0 when capped. */
  weight: number;
  sharing: 'capped' | 'uncapped';
}

/** Settings of a partition that owns whole processors. */
export interface DedicatedProcessors {
  readonly mode: 'dedicated';
  processors: { minimum: number; desired: number; maximum: number };
  sharing: string;
}

export type ProcessorSettings = SharedProcessors | DedicatedProcessors;

export interface PartitionProcessors {
  /** What the next activation will use. */
  pending: ProcessorSettings;
  /** What the last activation or dynamic change has set. */
  current: ProcessorSettings;
}

/** The values of `SharingMode` for dedicated processors, misspelling included (protocol reference 3.3). */
export const dedicatedSharingModes = [
  'sre idle proces',
  'sre idle procs active',
  'sre idle procs always',
  'keep idle procs',
] as const;

/** Processor units that the settings take from the system. */
export function processorUnits(settings: ProcessorSettings): number {
  return settings.mode === 'shared' ? settings.units.desired : settings.processors.desired;
}

/** Processors that the operating system sees. */
export function processorCount(settings: ProcessorSettings): number {
  return settings.mode === 'shared' ? settings.virtual.desired : settings.processors.desired;
}
