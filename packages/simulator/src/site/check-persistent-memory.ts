import type { PathProblem } from './problem.js';
import { field, list, text } from './site-fields.js';

/** Volumes of a device: named once in a system, in whole blocks, no more than fit, for partitions that there are. */
export function checkPersistentMemory(system: unknown, path: readonly (string | number)[]): PathProblem[] {
  const owners = [field(system, 'novalink'), ...list(system, 'vioses')].map((each) => text(each, 'name'));
  const names = new Set<string>();
  return list(field(system, 'persistentMemory'), 'devices').flatMap((device, index) => {
    const place = [...path, 'devices', index];
    const block = numberOf(device, 'blockMb') ?? 1024;
    const problems = list(device, 'volumes').flatMap((volume, at) => {
      const found: PathProblem[] = [];
      const where = [...place, 'volumes', at];
      const name = text(volume, 'name');
      if (name !== undefined && names.has(name))
        found.push({ path: [...where, 'name'], problem: `second volume ${name} in this system` });
      if (name !== undefined) names.add(name);
      if ((numberOf(volume, 'sizeMb') ?? 0) % block !== 0)
        found.push({ path: [...where, 'sizeMb'], problem: `not a multiple of the block size ${block}` });
      const owner = text(volume, 'partition');
      if (owner !== undefined && !owners.includes(owner))
        found.push({ path: [...where, 'partition'], problem: `no partition ${owner} from the start` });
      return found;
    });
    const used = list(device, 'volumes').reduce<number>(
      (sum, volume) => sum + (numberOf(volume, 'sizeMb') ?? 0),
      0,
    );
    const size = numberOf(device, 'sizeMb');
    if (size !== undefined && used > size)
      problems.push({ path: [...place, 'volumes'], problem: `${used} MB do not fit a device of ${size} MB` });
    const most = numberOf(device, 'maximumVolumes') ?? 16;
    if (list(device, 'volumes').length > most)
      problems.push({ path: [...place, 'volumes'], problem: `more than the ${most} volumes of the device` });
    return problems;
  });
}

function numberOf(value: unknown, key: string): number | undefined {
  const found = field(value, key);
  return typeof found === 'number' ? found : undefined;
}
