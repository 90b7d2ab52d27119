import { memoryOverhead, roundUp } from '../world/memory.js';
import type { PathProblem } from './problem.js';
import type { Site, SiteSystem } from './site.js';

/** Processor units of every partition that `partitions` makes. */
export const CLIENT_UNITS = 0.05;

/** Systems that are too small for what is to exist on them from the start. */
export function checkCapacity(site: Site): PathProblem[] {
  return site.systems.flatMap((system, index) => {
    const problems: PathProblem[] = [];
    const memory = memoryNeeded(system);
    if (memory > system.memoryMb) {
      const problem = `${system.name} has ${system.memoryMb} MB, its partitions need ${memory}`;
      problems.push({ path: ['systems', index, 'memoryMb'], problem });
    }
    const units = unitsNeeded(system);
    if (units > system.processorUnits) {
      const problem = `${system.name} has ${system.processorUnits} processor units, its partitions need ${units}`;
      problems.push({ path: ['systems', index, 'processorUnits'], problem });
    }
    return problems;
  });
}

/** Megabytes, with what the hypervisor keeps for every partition and for itself. */
export function memoryNeeded(system: SiteSystem): number {
  const { memoryBlockMb: block, vioses, novalink, partitions: { count = 0 } = {} } = system;
  const needed = (megabytes: number, adapters: number) =>
    megabytes + memoryOverhead(megabytes, adapters, block);
  const buses = Math.ceil(count / Math.max(vioses.length, 1));
  const used =
    vioses.reduce((sum, { memoryMb }) => sum + needed(memoryMb, buses), 0) +
    (novalink === undefined ? 0 : needed(novalink.memoryMb, vioses.length === 0 ? count : 0)) +
    count * needed(block, 2);
  return roundUp(used * 1.017, block);
}

export function unitsNeeded(system: SiteSystem): number {
  const clients = (system.partitions?.count ?? 0) * CLIENT_UNITS;
  const units = hosts(system).reduce((sum, { processors }) => sum + processors.units, clients);
  return Math.round(units * 100) / 100;
}

const hosts = ({ novalink, vioses }: SiteSystem) => (novalink === undefined ? vioses : [novalink, ...vioses]);
