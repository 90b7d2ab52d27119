import type { ByteStore } from '../bytes/byte-store.js';
import type { RequestCosts } from '../site/latency.js';
import type { Site, SiteNovaLink, SiteSystem, SiteVios } from '../site/site.js';
import type { Timing } from '../site/timing.js';
import { buildRbdImages } from './backing-object.js';
import { buildBridges } from './build-bridges.js';
import { buildClients } from './build-clients.js';
import { buildCluster } from './build-cluster.js';
import { buildArray, discoverAll } from './build-fibre-channel.js';
import { buildStorage } from './build-storage.js';
import { Clock } from './clock.js';
import { heldBy } from './co-management.js';
import { buildEnterprisePools } from './enterprise-pool.js';
import { buildHostPartition } from './host-partition.js';
import { nameUuid } from './identity.js';
import { buildTargets } from './iscsi/iscsi-target.js';
import type { ManagedSystem } from './managed-system.js';
import { novaLinkVios } from './novalink-host.js';
import { buildPersistentMemory } from './persistent-memory.js';
import { startedLongAgo } from './power.js';
import { buildPools } from './processor-pool.js';
import { Random } from './random.js';
import { Registry } from './registry.js';
import { setRmc } from './rmc.js';
import { buildSriovAdapters } from './sriov.js';
import type { VirtualIOServer } from './vios.js';
import { equipVios } from './vios-lifecycle.js';
import { createSwitch } from './virtual-switch-lifecycle.js';
import type { World } from './world.js';
import { WwpnPool } from './wwpns.js';

/** Makes the world that a site describes. The same seed gives the same ids, slots and orders. */
export interface WorldOptions {
  readonly seed: number;
  readonly timing: Timing;
  readonly costs: RequestCosts;
  readonly bytes: ByteStore;
}

/** The world of an earlier run, in a process of its own. */
export function restoredWorld(
  saved: Omit<World, 'clock' | 'listeners' | keyof Omit<WorldOptions, 'seed'>>,
  { timing, costs, bytes }: Omit<WorldOptions, 'seed'>,
): World {
  return { ...saved, timing, costs, bytes, clock: new Clock(), listeners: new Set() };
}

export function buildWorld(site: Site, options: WorldOptions): World {
  const world: World = {
    seed: options.seed,
    site,
    random: new Random(options.seed),
    clock: new Clock(),
    timing: options.timing,
    costs: options.costs,
    bytes: options.bytes,
    systems: [],
    clusters: [],
    arrays: [],
    iscsiTargets: [],
    rbdImages: [],
    listeners: new Set(),
  };
  world.rbdImages.push(...buildRbdImages(world, site.rbdImages));
  for (const plan of site.systems) world.systems.push(buildSystem(world, plan));
  buildEnterprisePools(world, site.enterprisePools);
  for (const plan of site.storageArrays) world.arrays.push(buildArray(world, plan));
  world.iscsiTargets.push(...buildTargets(world, site.iscsiTargets));
  discoverAll(world);
  for (const plan of site.clusters) world.clusters.push(buildCluster(world, plan));
  return world;
}

function buildSystem(world: World, plan: SiteSystem): ManagedSystem {
  const random = world.random.stream(`system/${plan.name}`);
  const system: ManagedSystem = {
    kind: 'ManagedSystem',
    uuid: nameUuid(`system/${plan.name}/${random.hex(8)}`),
    name: plan.name,
    machineType: plan.machineType,
    model: plan.model,
    serial: plan.serial ?? random.hex(7).toUpperCase(),
    processorUnits: plan.processorUnits,
    memoryMb: plan.memoryMb,
    hypervisorMemoryMb: Math.ceil((plan.memoryMb * 0.0156) / plan.memoryBlockMb) * plan.memoryBlockMb,
    memoryBlockMb: plan.memoryBlockMb,
    maximumPartitions: 1000 + 64,
    compatibilityModes: plan.compatibilityModes,
    capabilities: { ...novalinkCapabilities, ...ownCapabilities(world.site, plan), ...plan.capabilities },
    partitions: new Registry(random),
    vioses: new Registry(random),
    switches: new Registry(random),
    networks: new Registry(random),
    bridges: new Registry(random),
    monitoring: { longTermSince: undefined, shortTermSince: undefined, aggregation: false, compute: false },
    wwpns: new WwpnPool(`c05076${random.hex(6)}`),
    sriovAdapters: [],
    vnics: [],
    pools: [],
    coManagement: heldBy(world.site.console),
    serialNumbers: [],
    persistentMemory: {
      volumesPerPartition: plan.persistentMemory?.volumesPerPartition ?? 0,
      migration: plan.persistentMemory?.migration ?? false,
      devices: [],
      volumes: [],
    },
    poolMember: undefined,
  };
  buildSriovAdapters(system, plan.sriovAdapters);
  system.pools.push(...buildPools(system, plan.processorPools));
  for (const { name, mode } of plan.switches) createSwitch(world, system, { name, mode });
  buildHostPartitions(world, system, plan, random);
  if (plan.persistentMemory !== undefined)
    system.persistentMemory.devices.push(...buildPersistentMemory(system, plan.persistentMemory, random));
  buildBridges(world, system, plan);
  buildClients(world, system, plan);
  return system;
}

/** What the captured NovaLink system says (sys_with_sriov.txt), as far as the simulator keeps the promise. */
const novalinkCapabilities = {
  ActiveLogicalPartitionMobilityCapable: true,
  ActiveMemoryExpansionCapable: true,
  AIXCapable: true,
  BarrierSynchronizationRegisterCapable: false,
  CapacityOnDemandMemoryCapable: false,
  CapacityOnDemandProcessorCapable: false,
  HostChannelAdapterCapable: false,
  HugePageMemoryCapable: false,
  IBMiCapable: true,
  IBMiLogicalPartitionMobilityCapable: true,
  IBMiRestrictedIOModeCapable: true,
  InactiveLogicalPartitionMobilityCapable: true,
  LinuxCapable: true,
  LogicalPartitionProcessorCompatibilityModeCapable: true,
  PowerVMLogicalPartitionSimplifiedRemoteRestartCapable: true,
  RedundantErrorPathReportingCapable: true,
  SharedProcessorPoolCapable: true,
  Telnet5250ApplicationCapable: true,
  VirtualFiberChannelCapable: true,
  VirtualSwitchCapable: true,
  VirtualEthernetCustomMACAddressCapable: true,
  DynamicSimplifiedRemoteRestartToggleCapable: true,
  DedicatedProcessorPartitionCapable: true,
};

/** What comes with the hardware that the site gives a system, and with a Power enterprise pool. */
function ownCapabilities(
  { enterprisePools }: Site,
  { name, sriovAdapters, persistentMemory }: SiteSystem,
): Record<string, boolean> {
  const sriov = {
    SRIOVCapable: true,
    VirtualNICDedicatedSRIOVCapable: true,
    VirtualNICFailOverCapable: true,
  };
  const mobile = { CapacityOnDemandMemoryCapable: true, CapacityOnDemandProcessorCapable: true };
  return {
    ...(sriovAdapters.length === 0 ? {} : sriov),
    ...(persistentMemory === undefined ? {} : { PersistentMemoryCapable: true }),
    ...(enterprisePools.some(({ members }) => members.some(({ system }) => system === name)) ? mobile : {}),
  };
}

function buildHostPartitions(world: World, system: ManagedSystem, plan: SiteSystem, random: Random): void {
  const ids = random.shuffled([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  if (plan.novalink !== undefined) buildNovaLink(world, system, plan.novalink, ids.pop());
  for (const entry of plan.vioses) buildVios(world, system, entry, ids.pop());
}

function buildNovaLink(
  world: World,
  system: ManagedSystem,
  plan: SiteNovaLink,
  id: number | undefined,
): void {
  const { hostedIo, state, rmc } = plan;
  const partition = buildHostPartition(world, system, plan, {
    id,
    type: 'AIX/Linux',
    maxSlots: hostedIo === undefined ? 200 : 1000,
    isManagement: true,
  });
  if (hostedIo === undefined) {
    const novalink = system.partitions.add({ ...partition, kind: 'LogicalPartition' });
    novalink.operatingSystem = 'Linux/Ubuntu 5.4.0 20.04';
    start(world, novalink, { state, rmc: rmc ?? 'active' });
  } else {
    const vios = system.vioses.add(novaLinkVios(world, partition, hostedIo));
    start(world, vios, { state, rmc: rmc ?? 'inactive' });
  }
}

function buildVios(world: World, system: ManagedSystem, plan: SiteVios, id: number | undefined): void {
  const partition = buildHostPartition(world, system, plan, {
    id,
    type: 'Virtual IO Server',
    maxSlots: plan.maxVirtualSlots,
    isManagement: false,
  });
  const vios = equipVios(world, partition, plan);
  buildStorage(world, vios, plan);
  system.vioses.add(vios);
  start(world, vios, plan);
  if (plan.ipAddress !== undefined) vios.rmcAddress = plan.ipAddress;
}

function start(
  world: World,
  partition: VirtualIOServer | Parameters<typeof startedLongAgo>[1],
  plan: { state: string; rmc: 'active' | 'inactive' | 'busy' },
): void {
  if (plan.state !== 'running') return;
  startedLongAgo(world, partition);
  setRmc(world, partition, plan.rmc);
}
