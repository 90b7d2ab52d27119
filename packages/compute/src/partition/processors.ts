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
  const units = processorUnits(virtualProcessors, specs, around);
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

/**
 * FLV-6, FLV-15: units in proportion to the processors give way to the limits, units given explicitly do not. Limits
 * that the flavor leaves out follow the desired units as far as the limits of the virtual processors allow.
 */
function processorUnits(processors: Range, specs: FlavorSpecs, around: Surroundings): Range {
  const { proc_units: given, min_proc_units: least, max_proc_units: most } = specs;
  const { host, options } = around;
  const vcpus = processors.desired;
  const proportional = Math.min(Math.max(vcpus * options.proc_units_factor, least ?? 0.05), most ?? vcpus);
  const desired = hundredths(given ?? proportional);
  const minimum = hundredths(least ?? Math.min(desired, processors.minimum));
  const maximum = hundredths(most ?? Math.max(desired, leastUnits(processors.maximum, host)));
  if (minimum > desired)
    throw badFlavorValue('powervm:min_proc_units', minimum, `the partition gets ${desired} units`);
  if (maximum < desired)
    throw badFlavorValue('powervm:max_proc_units', maximum, `the partition gets ${desired} units`);
  const origin = given === undefined ? 'proc_units_factor × vCPUs' : 'powervm:proc_units';
  requireUnitsFor(vcpus, { origin, units: desired }, host);
  requireUnitsFor(processors.minimum, { origin: 'powervm:min_proc_units', units: minimum }, host);
  requireUnitsFor(processors.maximum, { origin: 'powervm:max_proc_units', units: maximum }, host);
  return { minimum, desired, maximum };
}

/** A virtual processor stands for at most one unit, and for no less than the firmware allows. */
function requireUnitsFor(
  processors: number,
  { origin, units }: { readonly origin: string; readonly units: number },
  host: SystemFacts,
): void {
  if (units > processors)
    throw badFlavorValue(
      origin,
      units,
      `${processors} virtual processors can use ${processors} units at most`,
    );
  const least = leastUnits(processors, host);
  if (units < least)
    throw badFlavorValue(
      origin,
      units,
      `${processors} virtual processors need at least ${least} units on ${host.name}`,
    );
}

function leastUnits(processors: number, host: SystemFacts): number {
  return hundredths((host.minimumUnitsPerProcessor ?? 0) * processors);
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
