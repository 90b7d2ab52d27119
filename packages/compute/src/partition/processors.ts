import type { PowerVMOptions } from '../contract/index.js';
import type { DriverError } from '../errors/index.js';
import type { ProcessorPool, SystemFacts } from '../host/system-facts.js';
import { badFlavorValue, type FlavorSpecs } from './flavor-keys.js';

/** Least, wanted and most of something. */
export interface Range {
  readonly minimum: number;
  readonly desired: number;
  readonly maximum: number;
}

export interface SharedProcessors {
  readonly kind: 'shared';
  readonly virtualProcessors: Range;
  readonly units: Range;
  readonly sharingMode: 'capped' | 'uncapped';
  /** Only when uncapped. */
  readonly weight: number | undefined;
  readonly poolId: number;
  readonly desiredUnits: number;
}

export interface DedicatedProcessors {
  readonly kind: 'dedicated';
  readonly processors: Range;
  readonly sharingMode: string;
  readonly desiredUnits: number;
}

export type ProcessorPlan = SharedProcessors | DedicatedProcessors;

interface Surroundings {
  readonly host: SystemFacts;
  readonly options: Pick<PowerVMOptions, 'proc_units_factor' | 'uncapped_proc_weight'>;
  readonly pools: readonly ProcessorPool[];
  /** Of the partition that is to be resized (FIN-3). */
  readonly kept: { readonly poolId?: number | undefined; readonly weight?: number | undefined } | undefined;
}

/** Keys that only make sense for shared processors (FLV-5). */
const sharedKeys = [
  'proc_units',
  'min_proc_units',
  'max_proc_units',
  'shared_weight',
  'uncapped',
] as const satisfies readonly (keyof FlavorSpecs)[];

/** Processor attributes of a flavor (FLV-5 to FLV-7, FLV-14, FLV-15). */
export function planProcessors(vcpus: number, specs: FlavorSpecs, around: Surroundings): ProcessorPlan {
  const count = processorCount(vcpus, specs);
  return isDedicated(specs) ? dedicated(count, specs) : shared(count, specs, around);
}

function isDedicated(specs: FlavorSpecs): boolean {
  if (specs.dedicated_proc !== undefined) return specs.dedicated_proc;
  if (sharedKeys.some((key) => specs[key] !== undefined)) return false;
  return specs.dedicated_sharing_mode !== undefined;
}

function processorCount(vcpus: number, specs: FlavorSpecs): Range {
  const { min_vcpu: minimum = vcpus, max_vcpu: maximum = vcpus } = specs;
  if (minimum > vcpus)
    throw badFlavorValue('powervm:min_vcpu', minimum, `the flavor has only ${vcpus} vCPUs`);
  if (maximum < vcpus) throw badFlavorValue('powervm:max_vcpu', maximum, `the flavor has ${vcpus} vCPUs`);
  return { minimum, desired: vcpus, maximum };
}

/** FLV-14: keys of shared processors contradict dedicated ones; both are named. */
function dedicated(processors: Range, specs: FlavorSpecs): DedicatedProcessors {
  const wrong = sharedKeys.find((key) => specs[key] !== undefined);
  if (wrong !== undefined)
    throw badFlavorValue(
      `powervm:${wrong}`,
      String(specs[wrong]),
      'powervm:dedicated_proc asks for dedicated processors, which know no sharing of units',
    );
  return {
    kind: 'dedicated',
    processors,
    sharingMode: specs.dedicated_sharing_mode ?? 'sre idle proces',
    desiredUnits: processors.desired,
  };
}

function shared(virtualProcessors: Range, specs: FlavorSpecs, around: Surroundings): SharedProcessors {
  if (specs.dedicated_sharing_mode !== undefined) throw contradictorySharing(specs);
  const sharingMode = (specs.uncapped ?? true) ? 'uncapped' : 'capped';
  const units = processorUnits(virtualProcessors.desired, specs, around);
  return {
    kind: 'shared',
    virtualProcessors,
    units,
    sharingMode,
    weight: sharingMode === 'uncapped' ? weight(specs, around) : undefined,
    poolId: poolId(specs, around),
    desiredUnits: units.desired,
  };
}

function contradictorySharing(specs: FlavorSpecs): DriverError {
  const other = sharedKeys.find((key) => specs[key] !== undefined) ?? 'dedicated_proc';
  return badFlavorValue(
    'powervm:dedicated_sharing_mode',
    specs.dedicated_sharing_mode ?? '',
    `powervm:${other} asks for shared processors`,
  );
}

/** FLV-6, FLV-15: units in proportion to the processors give way to the limits, units given explicitly do not. */
function processorUnits(vcpus: number, specs: FlavorSpecs, { host, options }: Surroundings): Range {
  const { proc_units: given, min_proc_units: least, max_proc_units: most } = specs;
  const proportional = Math.min(Math.max(vcpus * options.proc_units_factor, least ?? 0.05), most ?? vcpus);
  const desired = hundredths(given ?? proportional);
  const range = { minimum: hundredths(least ?? desired), desired, maximum: hundredths(most ?? desired) };
  if (range.minimum > desired)
    throw badFlavorValue('powervm:min_proc_units', range.minimum, `the partition gets ${desired} units`);
  if (range.maximum < desired)
    throw badFlavorValue('powervm:max_proc_units', range.maximum, `the partition gets ${desired} units`);
  requireUnitsPerProcessor(desired, vcpus, host, given === undefined);
  return range;
}

/** A virtual processor stands for at most one unit, and for no less than the firmware allows. */
function requireUnitsPerProcessor(units: number, vcpus: number, host: SystemFacts, derived: boolean): void {
  const origin = derived ? 'proc_units_factor × vCPUs' : 'powervm:proc_units';
  if (units > vcpus)
    throw badFlavorValue(origin, units, `${vcpus} virtual processors can use ${vcpus} units at most`);
  const least = hundredths((host.minimumUnitsPerProcessor ?? 0) * vcpus);
  if (units < least)
    throw badFlavorValue(
      origin,
      units,
      `${vcpus} virtual processors need at least ${least} units on ${host.name}`,
    );
}

/** Two decimals are all the wire carries (protocol reference 2.7). */
function hundredths(units: number): number {
  return Math.round(units * 100) / 100;
}

/** L-28: the operator's default, not the platform's. */
function weight(specs: FlavorSpecs, { options, kept }: Surroundings): number {
  return specs.shared_weight ?? kept?.weight ?? options.uncapped_proc_weight;
}

/** FLV-7: no name, or the default pool's, is pool 0. */
function poolId({ shared_proc_pool_name: name }: FlavorSpecs, { pools, kept }: Surroundings): number {
  if (name === undefined) return kept?.poolId ?? 0;
  if (name === 'DefaultPool') return 0;
  const [pool, ...others] = pools.filter((candidate) => candidate.name === name);
  if (!pool)
    throw badFlavorValue(
      'powervm:shared_proc_pool_name',
      name,
      'the host has no shared processor pool of that name',
    );
  if (others.length > 0)
    throw badFlavorValue(
      'powervm:shared_proc_pool_name',
      name,
      `the host has ${others.length + 1} pools of that name`,
    );
  return pool.id;
}
