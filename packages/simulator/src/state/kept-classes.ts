import { Extents } from '../bytes/extents.js';
import { NumberPool } from '../world/number-pool.js';
import { Random } from '../world/random.js';
import { Registry } from '../world/registry.js';
import { SlotTable } from '../world/slots.js';
import { WwpnPool } from '../world/wwpns.js';

/** How the objects of one class are written, made again, and seen to change. */
export interface KeptClass {
  readonly name: string;
  readonly prototype: object;
  /** The methods that change an object; nothing else does. */
  readonly changedBy: readonly string[];
  /** What `make` needs. */
  facts(object: object): unknown[];
  /** What it holds, written after it and given to `fill`; may lead back to it. */
  contents(object: object): unknown[];
  make(facts: readonly unknown[]): object;
  fill(object: object, contents: readonly unknown[]): void;
}

/** Every class whose instances occur in a world. All else there is plain data. */
const keptClasses: readonly KeptClass[] = [
  kept({
    type: Array<unknown>,
    changedBy: ['push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin'],
    contents: (array) => array,
    make: () => [],
    fill: (array, contents) => array.push(...contents),
  }),
  kept({
    type: Map<unknown, unknown>,
    changedBy: ['set', 'delete', 'clear'],
    contents: (map) => [...map].flat(),
    make: () => new Map<unknown, unknown>(),
    fill: (map, contents) => {
      for (let at = 0; at < contents.length; at += 2) map.set(contents[at], contents[at + 1]);
    },
  }),
  kept({
    type: Set<unknown>,
    changedBy: ['add', 'delete', 'clear'],
    // Functions call off what is under way. They end with the process; that there was something stays known.
    contents: (set) => [...set].map((item) => (typeof item === 'function' ? undefined : item)),
    make: () => new Set<unknown>(),
    fill: (set, contents) => {
      for (const item of contents) set.add(item === undefined ? () => {} : item);
    },
  }),
  kept({
    type: Random,
    changedBy: ['uint32'],
    facts: (random) => [random.seed, ...random.state],
    make: ([seed, ...state]) => Random.at(text(seed), state.map(number)),
  }),
  kept({
    type: NumberPool,
    changedBy: ['next', 'take', 'release'],
    contents: (pool) => pool.taken,
    make: () => new NumberPool(),
    fill: (pool, taken) => {
      for (const each of taken) pool.take(number(each));
    },
  }),
  kept({
    type: SlotTable,
    changedBy: ['resize', 'take', 'restore', 'release'],
    facts: (table) => [table.limit, table.start],
    contents: (table) => table.taken,
    make: ([limit, start]) => new SlotTable(number(limit), number(start)),
    fill: (table, taken) => table.restore(taken.map(number)),
  }),
  kept({
    type: WwpnPool,
    changedBy: ['takePair'],
    facts: (pool) => [pool.prefix, pool.next],
    make: ([prefix, next]) => new WwpnPool(text(prefix), number(next)),
  }),
  kept({
    type: Extents,
    changedBy: ['add', 'truncate'],
    contents: (extents) => extents.list.flatMap(({ start, end }) => [start, end]),
    make: () => new Extents(),
    fill: (extents, bounds) => {
      for (let at = 0; at < bounds.length; at += 2) extents.add(number(bounds[at]), number(bounds[at + 1]));
    },
  }),
  kept({
    type: Registry<Listed>,
    changedBy: ['add', 'restore', 'delete'],
    facts: (registry) => [registry.random],
    contents: (registry) => [...registry],
    make: ([random]) => {
      if (!(random instanceof Random)) throw new TypeError('the state holds a registry without its order');
      return new Registry<Listed>(random);
    },
    fill: (registry, items) => registry.restore(items.map(listed)),
  }),
];

const byPrototype = new Map(keptClasses.map((each) => [each.prototype, each]));

/** Undefined for a record. Throws a `TypeError` when objects of this class cannot be kept. */
export function keptClassOf(object: object): KeptClass | undefined {
  const direct: object | null = Object.getPrototypeOf(object);
  if (direct === Object.prototype || direct === null) return undefined;
  // Behind the prototype of one that is tracked comes that of its class.
  const kept = byPrototype.get(direct) ?? byPrototype.get(Object.getPrototypeOf(direct));
  if (kept === undefined) throw new TypeError('is of a class that cannot be saved');
  return kept;
}

/** Throws a `TypeError` when there is none of this name. */
export function keptClassNamed(name: string): KeptClass {
  const kept = keptClasses.find((candidate) => candidate.name === name);
  if (kept === undefined) throw new TypeError(`the state holds a ${name}, which is unknown`);
  return kept;
}

interface Listed {
  readonly uuid: string;
}

interface Kept<T extends object> {
  readonly type: abstract new (...parameters: never[]) => T;
  readonly changedBy: readonly string[];
  facts?(object: T): unknown[];
  contents?(object: T): unknown[];
  make(facts: readonly unknown[]): T;
  fill?(object: T, contents: readonly unknown[]): void;
}

function kept<T extends object>({ type, changedBy, facts, contents, make, fill }: Kept<T>): KeptClass {
  const owned = (object: object): T => {
    if (object instanceof type) return object;
    throw new TypeError(`the state holds something else where a ${type.name} belongs`);
  };
  return {
    name: type.name,
    prototype: type.prototype,
    changedBy,
    facts: (object) => facts?.(owned(object)) ?? [],
    contents: (object) => contents?.(owned(object)) ?? [],
    make,
    fill: (object, values) => fill?.(owned(object), values),
  };
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`the state holds ${String(value)} where a text belongs`);
}

function number(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new TypeError(`the state holds ${String(value)} where a number belongs`);
}

function listed(value: unknown): Listed {
  if (typeof value === 'object' && value !== null && 'uuid' in value && typeof value.uuid === 'string') {
    return Object.assign(value, { uuid: value.uuid });
  }
  throw new TypeError('the state lists an object without UUID');
}
