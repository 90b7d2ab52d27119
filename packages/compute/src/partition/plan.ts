import { z } from 'zod';
import type { Flavor, Image, Instance, PowerVMOptions } from '../contract/index.js';
import { DriverError } from '../errors/index.js';
import type { ProcessorPool, SystemFacts } from '../host/system-facts.js';
import { badFlavorValue, type FlavorSpecs, readFlavorKeys, unsupportedByHost } from './flavor-keys.js';
import { type MemoryPlan, planMemory } from './memory.js';
import { partitionNameOf, partitionUuidOf } from './naming.js';
import { type OptionalAttributes, optionalAttributes } from './optional-attributes.js';
import { type ProcessorPlan, planProcessors } from './processors.js';

/** Virtual adapter slots of a new partition (requirements 1.3). */
const defaultMaximumSlots = 64;
/** Availability priority the platform's own tools use (section 8.2). */
const defaultAvailabilityPriority = 127;

/** Everything a partition document needs, decided and validated. Memory in MB. */
export interface PartitionPlan {
  readonly name: string;
  readonly uuid: string;
  readonly type: 'AIX/Linux' | 'OS400';
  readonly memory: MemoryPlan;
  readonly processors: ProcessorPlan;
  readonly compatibilityMode: string;
  readonly availabilityPriority: number;
  readonly collectMetrics: boolean;
  readonly maximumSlots: number;
  /** Undefined: the host does not know the attribute, so it must not be sent (FLV-9). */
  readonly remoteRestart: boolean | undefined;
  /** Exponent index 0 to 6. */
  readonly pageTableRatio: number | undefined;
  readonly secureBoot: number | undefined;
  /** Not part of the document; passed to the migration job (FLV-13). */
  readonly affinityCheck: boolean;
  /** IBM i only: restricted I/O where the host can (IBMI-1). */
  readonly restrictedIo: boolean;
  readonly optional: OptionalAttributes;
}

/** Attributes that a resize keeps unless the flavor sets them (FIN-3, L-27, B-43). */
export const KeptAttributes = z.object({
  maximumSlots: z.number().int(),
  availabilityPriority: z.number().int().optional(),
  collectMetrics: z.boolean().optional(),
  compatibilityMode: z.string().optional(),
  remoteRestart: z.boolean().optional(),
  poolId: z.number().int().optional(),
  weight: z.number().int().optional(),
});
export type KeptAttributes = z.infer<typeof KeptAttributes>;

export interface PlanInput {
  readonly instance: Instance;
  readonly image: Image | null;
  readonly host: SystemFacts;
  readonly options: Pick<PowerVMOptions, 'proc_units_factor' | 'uncapped_proc_weight'>;
  /** Needed only when the flavor names a pool, see `needsProcessorPools`. */
  readonly pools?: readonly ProcessorPool[];
  /** Of the partition that is to be resized. */
  readonly kept?: KeptAttributes;
}

/** True when a plan for this instance needs the host's processor pools. */
export function needsProcessorPools(instance: Instance): boolean {
  return readFlavorKeys(instance.flavor.extraSpecs).shared_proc_pool_name !== undefined;
}

/**
 * What partition an instance gets: flavor, image, host and options in, partition attributes out (section 8).
 * Pure; every error names key and value (FLV-4).
 */
export function planPartition({
  instance,
  image,
  host,
  options,
  pools = [],
  kept,
}: PlanInput): PartitionPlan {
  const { flavor } = instance;
  const specs = readFlavorKeys(flavor.extraSpecs);
  const ibmi = isIbmi(instance, image);
  const wish = { flavor, specs, host, kept };
  return {
    name: partitionNameOf(instance.name),
    uuid: partitionUuidOf(instance.uuid),
    type: ibmi ? 'OS400' : 'AIX/Linux',
    memory: planMemory(flavor.memoryMb, specs, host.memoryRegionSize),
    processors: planProcessors(flavor.vcpus, specs, { host, options, pools, kept }),
    compatibilityMode: compatibilityMode(wish),
    availabilityPriority:
      specs.availability_priority ?? kept?.availabilityPriority ?? defaultAvailabilityPriority,
    collectMetrics: specs.enable_lpar_metric ?? kept?.collectMetrics ?? false,
    maximumSlots: kept?.maximumSlots ?? defaultMaximumSlots,
    remoteRestart: remoteRestart(wish),
    pageTableRatio: pageTableRatio(wish),
    secureBoot: secureBoot(wish, ibmi),
    affinityCheck: affinityCheck(wish),
    restrictedIo: ibmi && host.capabilities.ibmiRestrictedIo,
    optional: optionalAttributes(specs, host, ibmi),
  };
}

/** IMG-1: the property is kept on the instance; the image itself may be gone. */
function isIbmi(instance: Instance, image: Image | null): boolean {
  const distro = instance.systemMetadata['image_os_distro'] ?? image?.properties['os_distro'];
  return String(distro ?? '').toLowerCase() === 'ibmi';
}

/** What the flavor says and where it is to run. */
interface Wish {
  readonly flavor: Flavor;
  readonly specs: FlavorSpecs;
  readonly host: SystemFacts;
  readonly kept: KeptAttributes | undefined;
}

/** FLV-9: dropped silently on a host that cannot. */
function remoteRestart({ specs, host, kept }: Wish): boolean | undefined {
  if (!host.capabilities.simplifiedRemoteRestart) return undefined;
  return specs.srr_capability ?? kept?.remoteRestart ?? true;
}

/** FLV-8, L-160: the host's own spelling is sent; `+` may be written for `_Plus`. */
function compatibilityMode({ flavor, specs, host, kept }: Wish): string {
  const wanted = specs.processor_compatibility;
  if (wanted === undefined) return kept?.compatibilityMode ?? 'default';
  const normal = (mode: string): string => mode.toLowerCase().replace('+', '_plus');
  const known = host.compatibilityModes.find((mode) => normal(mode) === normal(wanted));
  if (known !== undefined) return known;
  if (host.compatibilityModes.length === 0) return wanted;
  throw unsupported(
    'processor_compatibility',
    flavor,
    `${host.name} supports only ${host.compatibilityModes.join(', ')}`,
  );
}

function pageTableRatio({ flavor, specs, host }: Wish): number | undefined {
  if (specs.ppt_ratio !== undefined && !host.capabilities.physicalPageTableRatio)
    throw unsupported('ppt_ratio', flavor, `${host.name} cannot set the physical page table ratio`);
  return specs.ppt_ratio;
}

function affinityCheck({ flavor, specs, host }: Wish): boolean {
  const wanted = specs.enforce_affinity_check ?? false;
  if (wanted && !host.capabilities.affinityCheck)
    throw unsupported('enforce_affinity_check', flavor, `${host.name} cannot check the affinity score`);
  return wanted;
}

/** IBMI-1, FLV-9: sent only where the host knows it and the partition can have it. */
function secureBoot({ flavor, specs, host }: Wish, ibmi: boolean): number | undefined {
  const wanted = specs.secure_boot ?? 0;
  if (wanted > 0 && ibmi)
    throw badFlavorValue('powervm:secure_boot', wanted, 'an IBM i partition cannot boot securely');
  if (wanted > 0 && !host.capabilities.secureBoot)
    throw unsupported('secure_boot', flavor, `${host.name} cannot boot partitions securely`);
  return host.capabilities.secureBoot && !ibmi ? wanted : undefined;
}

function unsupported(name: keyof FlavorSpecs, flavor: Flavor, reason: string): DriverError {
  const key = `powervm:${name}`;
  return unsupportedByHost(key, flavor.extraSpecs[key] ?? '', reason);
}

/**
 * Fails early, and so that Nova tries another host, when the desired resources are not free here (FLV-10).
 * `freed` is what the partition itself already holds, for a resize.
 */
export function checkCapacity(
  plan: PartitionPlan,
  host: SystemFacts,
  freed: { memory: number; processorUnits: number } = { memory: 0, processorUnits: 0 },
): void {
  const memory = host.availableMemory + freed.memory;
  if (plan.memory.desired > memory)
    throw noRoom('memory', `${plan.memory.desired} MB`, `${memory} MB`, plan, host);
  const wanted = plan.processors.desiredUnits;
  const units = host.availableProcessorUnits + freed.processorUnits;
  if (wanted > units + 1e-9)
    throw noRoom('processing units', wanted.toFixed(2), units.toFixed(2), plan, host);
}

function noRoom(what: string, wanted: string, free: string, plan: PartitionPlan, host: SystemFacts) {
  return new DriverError(
    'PVM_CAPACITY',
    `Partition ${plan.name} needs ${wanted} of ${what}, but only ${free} are free on ${host.name}`,
    { partition: plan.name, wanted, free },
  );
}
