import type { Behaviour } from './behaviour.js';
import { modified } from './changes.js';
import type { AnyPartition } from './partition.js';
import type { World } from './world.js';

export const rmcBehaviours: readonly Behaviour[] = [
  {
    id: 'rmc.late',
    does: 'RMC becomes active some time after a partition runs, as the site says, or never; it is inactive when off',
    assumed: 'protocol reference 8.3 and 8.14; the delays are data of the site',
  },
];

/** The operating system has booted: its RMC daemon reports in later, if the site's guests have one. */
export function connectRmc(world: World, partition: AnyPartition): void {
  if (partition.kind === 'LogicalPartition' && !partition.isManagement && world.site.guests.rmc === 'never')
    return;
  const cancel = world.clock.after(world.timing.rmcMs, () => {
    partition.pendingActions.delete(cancel);
    setRmc(world, partition, 'active');
  });
  partition.pendingActions.add(cancel);
}

export function setRmc(world: World, partition: AnyPartition, state: AnyPartition['rmc']): void {
  partition.rmc = state;
  partition.rmcAddress = state === 'active' ? `fe80::${partition.id.toString(16)}` : undefined;
  modified(world, partition, 'Other');
}

export function disconnectRmc(partition: AnyPartition): void {
  partition.rmc = 'inactive';
  partition.rmcAddress = undefined;
}
