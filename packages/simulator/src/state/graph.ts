import { keptClasses } from './kept-classes.js';

/**
 * An object graph as JSON: every object once, in a table, whoever points to it and in whatever circle. Values are
 * written as they are; `[7]` is a reference to the seventh node and `[]` is undefined.
 */
export type GraphValue = string | number | boolean | null | readonly [] | readonly [number];

/** A record is written as it is; anything else as its kind, what makes it, and what it holds. */
export type GraphNode = Readonly<Record<string, GraphValue>> | readonly [string, GraphValue[], GraphValue[]];

/** Where a node was first seen, for error messages. */
interface Origin {
  readonly parent: number;
  readonly key: string | number;
}

/** Throws a `TypeError` with the path of what cannot be written: a function, or an instance of an unknown class. */
export function writeGraph(root: object): GraphNode[] {
  const indexes = new Map<object, number>([[root, 0]]);
  const queue: object[] = [root];
  const origins: Origin[] = [{ parent: -1, key: 'state' }];
  const nodes: GraphNode[] = [];
  for (let at = 0; at < queue.length; at += 1) {
    const write = (value: unknown, key: string | number): GraphValue => {
      if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
      if (typeof value === 'number' && Number.isFinite(value)) return value;
      if (value === undefined) return [];
      const origin = { parent: at, key };
      if (typeof value !== 'object') throw new TypeError(`${pathOf(origins, origin)} cannot be saved`);
      const known = indexes.get(value);
      if (known !== undefined) return [known];
      indexes.set(value, queue.length);
      queue.push(value);
      origins.push(origin);
      return [queue.length - 1];
    };
    const object = queue[at];
    if (object !== undefined) nodes.push(nodeOf(object, write, () => pathOf(origins, origins[at])));
  }
  return nodes;
}

type Write = (value: unknown, key: string | number) => GraphValue;

function nodeOf(object: object, write: Write, path: () => string): GraphNode {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype === Object.prototype || prototype === null) {
    return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, write(value, key)]));
  }
  if (Array.isArray(object)) return ['Array', [], object.map(write)];
  const kept = keptClasses.find((candidate) => candidate.owns(object));
  if (kept === undefined) throw new TypeError(`${path()} is of a class that cannot be saved`);
  return [kept.name, kept.facts(object).map(write), kept.contents(object).map(write)];
}

function pathOf(origins: readonly Origin[], last: Origin | undefined): string {
  const keys: (string | number)[] = [];
  for (let origin = last; origin !== undefined; origin = origins[origin.parent]) keys.unshift(origin.key);
  return keys.join('.');
}

/** The graph again. Throws a `TypeError` when the nodes are not what `writeGraph` makes. */
export function readGraph(nodes: readonly GraphNode[]): unknown {
  const objects: (object | undefined)[] = nodes.map(() => undefined);
  const read = (value: GraphValue): unknown => {
    if (!isReference(value)) return value;
    const [index] = value;
    if (index === undefined) return undefined;
    const object = objects[index];
    if (object === undefined) throw new TypeError(`the state has no object ${index}`);
    return object;
  };
  // What is made of other objects (a registry draws from a random stream) comes behind those.
  for (const needsOthers of [false, true]) {
    nodes.forEach((node, index) => {
      if (needsOthers === isMadeOfOthers(node)) objects[index] = make(node, read);
    });
  }
  // Records before what looks into them: a registry asks for the UUIDs of its items.
  for (const records of [true, false]) {
    nodes.forEach((node, index) => {
      const object = objects[index];
      if (object !== undefined && records === isRecord(node)) fill(object, node, read);
    });
  }
  return objects[0];
}

const isReference = (value: GraphValue): value is readonly [] | readonly [number] => Array.isArray(value);
const isRecord = (node: GraphNode): node is Readonly<Record<string, GraphValue>> => !Array.isArray(node);
const isMadeOfOthers = (node: GraphNode): boolean => !isRecord(node) && node[1].some(isReference);

type Read = (value: GraphValue) => unknown;

function make(node: GraphNode, read: Read): object {
  if (isRecord(node)) return {};
  const [kind, facts] = node;
  return kind === 'Array' ? [] : keptClass(kind).make(facts.map(read));
}

function fill(object: object, node: GraphNode, read: Read): void {
  if (isRecord(node)) {
    for (const [key, value] of Object.entries(node)) Object.assign(object, { [key]: read(value) });
    return;
  }
  const [kind, , contents] = node;
  const values = contents.map(read);
  if (Array.isArray(object)) object.push(...values);
  else keptClass(kind).fill(object, values);
}

function keptClass(name: string) {
  const kept = keptClasses.find((candidate) => candidate.name === name);
  if (kept === undefined) throw new TypeError(`the state holds a ${name}, which is unknown`);
  return kept;
}
