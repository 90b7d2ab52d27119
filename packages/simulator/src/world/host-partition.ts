import type { ManagedSystem } from './managed-system.js';
import type { Partition, PartitionType } from './partition.js';
import { buildPartition } from './partition-lifecycle.js';
import type { World } from './world.js';

interface HostPlan {
  readonly name: string;
  readonly memoryMb: number;
  readonly processors: { readonly virtual: number; readonly units: number };
}

interface HostRole {
  readonly id: number | undefined;
  readonly type: PartitionType;
  readonly maxSlots: number;
  readonly isManagement: boolean;
}

/** A partition that serves the others: NovaLink or a VIOS. Fixed sizes: minimum, desired and maximum are the same. */
export function buildHostPartition(
  world: World,
  system: ManagedSystem,
  plan: HostPlan,
  role: HostRole,
): Partition {
  const fixed = (value: number) => ({ minimum: value, desired: value, maximum: value });
  return buildPartition(
    world,
    system,
    {
      id: role.id,
      name: plan.name,
      type: role.type,
      memory: {
        ...fixed(plan.memoryMb),
        expansionFactor: 0,
        hardwarePageTableRatio: 6,
        physicalPageTableRatio: 6,
      },
      processors: {
        mode: 'shared',
        units: fixed(plan.processors.units),
        virtual: fixed(plan.processors.virtual),
        poolId: 0,
        weight: 255,
        sharing: 'uncapped',
      },
      maxSlots: role.maxSlots,
      availabilityPriority: 191,
      performanceCollection: true,
      compatibilityMode: 'default',
      remoteRestart: false,
      secureBoot: 0,
    },
    role.isManagement,
  );
}
