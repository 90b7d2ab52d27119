import { z } from 'zod';
import { modified } from './changes.js';
import { giveLoad, loadSchema } from './load.js';
import { allPartitions } from './managed-system.js';
import { type AnyPartition, isOff, partitionStates } from './partition.js';
import { interrupt, startedLongAgo, stopped } from './power.js';
import { notFound } from './refusal.js';
import { setRmc } from './rmc.js';
import type { World } from './world.js';

/** What happens to a partition without any client asking for it: a crash, a lost RMC connection, work for its guest. */
export const outsideEventSchema = z.strictObject({
  state: z.enum(partitionStates).optional(),
  rmc: z.enum(['active', 'inactive', 'none', 'unknown', 'busy']).optional(),
  load: loadSchema.optional(),
});

export type OutsideEvent = z.input<typeof outsideEventSchema>;

/** By name or UUID, in any system. Throws a `Refusal` (404). */
export function happen(world: World, nameOrUuid: string, event: OutsideEvent): AnyPartition {
  const wanted = nameOrUuid.toLowerCase();
  const partition = world.systems
    .flatMap(allPartitions)
    .find((candidate) => candidate.name === nameOrUuid || candidate.uuid.toLowerCase() === wanted);
  if (partition === undefined) throw notFound(`There is no partition ${nameOrUuid}.`);
  if (event.state !== undefined) changeState(world, partition, event.state);
  if (event.rmc !== undefined) setRmc(world, partition, event.rmc);
  if (event.load !== undefined) giveLoad(partition, loadSchema.parse(event.load), world.clock.now());
  return partition;
}

function changeState(world: World, partition: AnyPartition, state: AnyPartition['state']): void {
  if (state === 'not activated') {
    stopped(world, partition);
    return;
  }
  interrupt(partition);
  if (isOff(partition) && state !== 'error' && state !== 'not available') startedLongAgo(world, partition);
  partition.state = state;
  modified(world, partition, 'PartitionState,Other');
}
