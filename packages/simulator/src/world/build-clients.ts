import { CLIENT_UNITS } from '../site/check-capacity.js';
import type { SiteSystem } from '../site/site.js';
import { planDisks } from './disk-plan.js';
import type { ManagedSystem } from './managed-system.js';
import type { LogicalPartition } from './partition.js';
import { createPartition } from './partition-lifecycle.js';
import { startedLongAgo } from './power.js';
import { presentMapping } from './scsi-bus.js';
import type { MappingRequest } from './scsi-plan.js';
import { updateMappings } from './scsi-update.js';
import type { VirtualIOServer } from './vios.js';
import type { VolumeGroup } from './volume-group.js';
import type { World } from './world.js';

/** Client partitions that exist from the start, with disks on the last volume group of each VIOS in turn. */
export function buildClients(world: World, system: ManagedSystem, plan: SiteSystem): void {
  const { count = 0, mappings = 0 } = plan.partitions ?? {};
  const partitions = Array.from({ length: count }, (_, index) =>
    smallPartition(world, system, `lpar${index + 1}`),
  );
  if (count === 0 || mappings === 0) return;
  const vioses = [...system.vioses].filter((vios) => lastGroup(vios) !== undefined);
  vioses.forEach((vios, index) => {
    const own = partitions.filter((_, at) => at % vioses.length === index);
    const disks = Math.ceil(mappings / vioses.length);
    mapDisks(world, vios, own, disks);
  });
  for (const partition of partitions) startedLongAgo(world, partition);
}

function smallPartition(world: World, system: ManagedSystem, name: string): LogicalPartition {
  const block = system.memoryBlockMb;
  const fixed = (value: number) => ({ minimum: value, desired: value, maximum: value });
  return createPartition(world, system, {
    name,
    type: 'AIX/Linux',
    memory: { ...fixed(block), expansionFactor: 0, hardwarePageTableRatio: 6, physicalPageTableRatio: 6 },
    processors: {
      mode: 'shared',
      units: fixed(CLIENT_UNITS),
      virtual: fixed(1),
      poolId: 0,
      weight: 64,
      sharing: 'uncapped',
    },
    maxSlots: 64,
    availabilityPriority: 127,
    performanceCollection: false,
    compatibilityMode: 'default',
    remoteRestart: false,
    secureBoot: 0,
  });
}

function mapDisks(
  world: World,
  vios: VirtualIOServer,
  partitions: readonly LogicalPartition[],
  count: number,
): void {
  const group = lastGroup(vios);
  if (group === undefined || partitions.length === 0) return;
  const names = Array.from({ length: count }, (_, index) => `disk${index + 1}`);
  const requests = names.map((name) => ({
    udid: undefined,
    name,
    label: 'None',
    capacityGb: 0.1,
    baseImage: undefined,
  }));
  const disks = planDisks(world, group, requests, group.repository?.sizeGb ?? 0).apply();
  group.disks.push(...disks);
  // A partition's further disks go to the bus of its first: one round of mappings after the other.
  for (let start = 0; start < count; start += partitions.length) {
    const round = disks
      .slice(start, start + partitions.length)
      .map(({ udid, name }, index): MappingRequest => {
        const partition = partitions[index];
        const bus = vios.scsiMappings.find((mapping) => mapping.adapters.client === partition)?.adapters;
        return {
          partition: partition?.uuid,
          serverSlot: bus?.serverSlot,
          clientSlot: bus?.remoteSlot,
          storage: { kind: 'VirtualDisk', udid, name },
          target: undefined,
        };
      });
    updateMappings(world, vios, [...vios.scsiMappings.map(presentMapping), ...round]);
  }
}

function lastGroup(vios: VirtualIOServer): VolumeGroup | undefined {
  return [...vios.volumeGroups]
    .sort((a, b) => a.name.localeCompare(b.name))
    .find((group) => group.name !== 'rootvg');
}
