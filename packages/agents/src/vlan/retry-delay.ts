/** How often a bridge edit is tried (RETRY-3). */
export const TRIES = 60;

/** Bounds of the delay in seconds, for ten tries each (RETRY-3, protocol reference 7.2). */
const BANDS = [
  [0, 0],
  [0, 1],
  [0.5, 4],
  [2, 13],
  [6.5, 30],
  [0, 60],
] as const;

/** The delay before the next try in ms. `random` is from 0 to 1. */
export function retryDelay(attempt: number, random: number): number {
  const [low, high] = BANDS[Math.min(Math.floor((attempt - 1) / 10), BANDS.length - 1)] ?? BANDS[0];
  return (low + (high - low) * random) * 1000;
}
