/**
 * Whether a heartbeat comes from the present run of a service. OpenStack counts a service as up for a minute after its
 * last heartbeat, so one that was just restarted may still live on what its predecessor has sent, and be taken for dead
 * a moment later. `stamp` is UTC, as Nova and Neutron write it, and may lack the fraction of a second.
 */
export function isOfThisRun(stamp: string, startedAt: number): boolean {
  const sent = Date.parse(`${stamp.replace(' ', 'T')}Z`);
  return sent >= Math.floor(startedAt / 1000) * 1000;
}
