import type { Behaviour } from '../world/behaviour.js';
import { allPartitions } from '../world/managed-system.js';
import { goOn } from '../world/power.js';
import type { World } from '../world/world.js';

export const stateBehaviours: readonly Behaviour[] = [
  {
    id: 'state.restart',
    does: 'a restart of the simulator is one of its consoles: sessions, jobs, file descriptors and event queues are gone, everything else is as it was',
    assumed: 'nobody has captured a console before and after its restart',
  },
  {
    id: 'state.underway',
    does: 'a partition that was booting or shutting down goes on with it; what a job had not told the hypervisor yet does not happen',
    assumed: 'firmware and hypervisor need no console to finish what they have begun',
  },
  {
    id: 'state.migration',
    does: 'a migration that was under way has failed after the restart and must be recovered',
    assumed: 'consoles drive a migration step by step, so it ends with either of them',
  },
];

/** Sets the world going again from where it was saved. */
export function resume(world: World): void {
  for (const partition of world.systems.flatMap(allPartitions)) {
    const wasUnderway = partition.pendingActions.size > 0;
    partition.pendingActions.clear();
    if (partition.migration !== undefined) partition.migration.state = 'Migration_Failed';
    else if (wasUnderway) goOn(world, partition);
  }
}
