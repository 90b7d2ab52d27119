/** Every interval and limit this library uses, in milliseconds unless said otherwise. */
export interface Timing {
  /** To establish one TCP and TLS connection. */
  readonly connectMs: number;
  /** For one request up to the end of its answer (protocol reference 1.2: 1,200 s). */
  readonly requestMs: number;
  /**
   * The same for updates and creates, which a console may take long over (protocol reference 1.2: 3,600 s); for
   * uploads, how long no byte may flow.
   */
  readonly updateMs: number;
  /** For a job from its submission to its end (protocol reference 1.2: 1,800 s). */
  readonly jobMs: number;
  /** Between two attempts to log on while the REST service starts (RETRY-2: 2 s). */
  readonly logonIntervalMs: number;
  /** Waits before each repetition of a request that met a busy VIOS or a 503 (RETRY-1: 5, 10, 15 s). */
  readonly busyDelaysMs: readonly number[];
  /** How often a write is tried while others keep changing the object (RETRY-3, protocol reference 7.2: 60). */
  readonly conflictTries: number;
  /** The wait before try `n` (2 is the second) of such a write. */
  readonly conflictDelayMs: (n: number) => number;
  /** The first interval between two looks at a job; it grows by half each time. */
  readonly jobPollFirstMs: number;
  /** The longest of these intervals. */
  readonly jobPollLongestMs: number;
  /** For one long poll of the events; the console answers within about 10 s (protocol reference 5.1). */
  readonly eventPollMs: number;
  /** The first wait after a failed event poll; it doubles each time. */
  readonly eventRetryFirstMs: number;
  /** The longest of these waits. */
  readonly eventRetryLongestMs: number;
  /** A console that answers an empty event poll sooner than this is not polled faster than this. */
  readonly eventIdleMs: number;
  /** What `close` gives to background work (deleting jobs and file descriptors) and to the logoff. */
  readonly closeMs: number;
}

export const defaultTiming: Timing = {
  connectMs: 10_000,
  requestMs: 1_200_000,
  updateMs: 3_600_000,
  jobMs: 1_800_000,
  logonIntervalMs: 2_000,
  busyDelaysMs: [5_000, 10_000, 15_000],
  conflictTries: 60,
  conflictDelayMs: steppedRandomDelay,
  jobPollFirstMs: 50,
  jobPollLongestMs: 3_000,
  eventPollMs: 120_000,
  eventRetryFirstMs: 500,
  eventRetryLongestMs: 30_000,
  eventIdleMs: 1_000,
  closeMs: 10_000,
};

/** The six steps of RETRY-3, each for ten tries, in seconds: from, to. */
const conflictSteps = [
  [0, 0],
  [0, 1],
  [0.5, 4],
  [2, 13],
  [6.5, 30],
  [0, 60],
] as const;

/** The wait before try `n` (from 2): random inside the step that the try belongs to. */
export function steppedRandomDelay(n: number, random: () => number = Math.random): number {
  const index = Math.min(conflictSteps.length - 1, Math.floor((n - 1) / 10));
  const [from, to] = conflictSteps[index] ?? [0, 0];
  return (from + random() * (to - from)) * 1000;
}
