/** Nova's numeric power states (nova.compute.power_state). */
export const PowerState = {
  NOSTATE: 0,
  RUNNING: 1,
  PAUSED: 3,
  SHUTDOWN: 4,
  CRASHED: 6,
  SUSPENDED: 7,
} as const;
export type PowerState = (typeof PowerState)[keyof typeof PowerState];

/** Partition state as REST writes it, in lower case, and what Nova calls it (section 3.6). */
const powerStates: ReadonlyMap<string, PowerState> = new Map([
  ['running', PowerState.RUNNING],
  ['starting', PowerState.RUNNING],
  ['open firmware', PowerState.RUNNING],
  ['shutting down', PowerState.RUNNING],
  ['suspending', PowerState.RUNNING],
  ['migrating running', PowerState.RUNNING],
  ['not activated', PowerState.SHUTDOWN],
  ['migrating not active', PowerState.SHUTDOWN],
  ['resuming', PowerState.SUSPENDED],
  ['suspended', PowerState.SUSPENDED],
  ['error', PowerState.CRASHED],
]);

/** PWR-3, PWR-8: a partition that is shutting down or failed can still be stopped. */
const stoppable: ReadonlySet<string> = new Set([
  'running',
  'starting',
  'open firmware',
  'shutting down',
  'error',
  'resuming',
  'suspending',
]);

/** Nova's power state of a partition state; a state we do not know is NOSTATE (STATE-1). */
export function powerStateOf(partitionState: string | undefined): PowerState {
  return powerStates.get(partitionState?.toLowerCase() ?? '') ?? PowerState.NOSTATE;
}

/** True when nothing runs and the partition may be started (STATE-2). */
export function isStartable(partitionState: string | undefined): boolean {
  return partitionState?.toLowerCase() === 'not activated';
}

/** True when there is something to stop (STATE-2). */
export function isStoppable(partitionState: string | undefined): boolean {
  return stoppable.has(partitionState?.toLowerCase() ?? '');
}
