import { badFlavorValue, type FlavorSpecs } from './flavor-keys.js';

/** Memory of a partition in MB. */
export interface MemoryPlan {
  readonly minimum: number;
  readonly desired: number;
  readonly maximum: number;
}

/** Least memory of a partition in MB (protocol reference 8.1). */
const floor = 128;

/** Memory limits of a flavor; each must be a multiple of the system's memory region (FLV-6). */
export function planMemory(flavorMb: number, specs: FlavorSpecs, regionSize: number): MemoryPlan {
  const plan = {
    minimum: specs.min_mem ?? flavorMb,
    desired: flavorMb,
    maximum: specs.max_mem ?? flavorMb,
  };
  if (flavorMb < floor) throw badFlavorValue('memory_mb', flavorMb, `a partition needs at least ${floor} MB`);
  requireMultiple('memory_mb', plan.desired, regionSize);
  requireMultiple('powervm:min_mem', plan.minimum, regionSize);
  requireMultiple('powervm:max_mem', plan.maximum, regionSize);
  if (plan.minimum > plan.desired)
    throw badFlavorValue('powervm:min_mem', plan.minimum, `the flavor has only ${plan.desired} MB of memory`);
  if (plan.maximum < plan.desired)
    throw badFlavorValue('powervm:max_mem', plan.maximum, `the flavor has ${plan.desired} MB of memory`);
  return plan;
}

function requireMultiple(key: string, value: number, regionSize: number): void {
  if (value % regionSize !== 0)
    throw badFlavorValue(key, value, `memory is given out in regions of ${regionSize} MB on this system`);
}
