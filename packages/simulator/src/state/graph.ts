import { keptClassNamed, keptClassOf } from './kept-classes.js';

/**
 * An object graph as JSON: every object once, as a node with a number, whoever points to it and in whatever circle.
 * Values are written as they are; `[7]` is a reference to node 7 and `[]` is undefined.
 */
export type GraphValue = string | number | boolean | null | readonly [] | readonly [number];

/** A record is written as it is; anything else as its kind, what makes it, and what it holds. */
export type GraphNode = Readonly<Record<string, GraphValue>> | CollectionNode;
type CollectionNode = readonly [string, GraphValue[], GraphValue[]];

/** What an object has become: another node, or for a long collection only where its contents differ: at, less, more. */
export type GraphChange = readonly [number, GraphNode] | readonly [number, number, number, GraphValue[]];

/** Collections of which so many values are written are not written again for one more. */
const LONG = 32;

/** Writes one graph, at once and then what has changed of it: an object keeps its number. */
export class GraphWriter {
  readonly #root: object;
  readonly #met: (object: object) => void;
  readonly #numbers = new Map<object, number>();
  /** How the long collections were written last. */
  readonly #written = new Map<object, CollectionNode>();

  /** `met` is called with every object when it is written for the first time. */
  constructor(root: object, met: (object: object) => void = () => {}) {
    this.#root = root;
    this.#met = met;
  }

  /** Was this object ever a part of what was written? */
  knows(object: object): boolean {
    return this.#numbers.has(object);
  }

  /**
   * These objects as they are now, and those that they lead to for the first time. Throws a `TypeError` with the path
   * of what cannot be written: a function, or an instance of an unknown class. The writer is of no use afterwards.
   */
  write(objects: Iterable<object>): GraphChange[] {
    const queue = [...objects];
    for (const object of queue) this.#numberOf(object);
    const changes: GraphChange[] = [];
    for (const object of queue) {
      const write = (value: unknown): GraphValue => {
        if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
        if (typeof value === 'number' && Number.isFinite(value)) return value;
        if (value === undefined) return [];
        if (typeof value !== 'object') throw new TypeError(`${this.#pathOf(value)} cannot be saved`);
        if (!this.knows(value)) queue.push(value);
        return [this.#numberOf(value)];
      };
      changes.push(this.#changeOf(object, this.#nodeOf(object, write)));
    }
    return changes;
  }

  #changeOf(object: object, node: GraphNode): GraphChange {
    const number = this.#numberOf(object);
    if (isRecord(node)) return [number, node];
    const written = this.#written.get(object);
    const [, facts, contents] = node;
    if (contents.length > LONG) this.#written.set(object, node);
    else this.#written.delete(object);
    if (written === undefined || !facts.every((fact, index) => isSame(fact, written[1][index]))) return [number, node];
    return [number, ...difference(written[2], contents)];
  }

  #numberOf(object: object): number {
    const known = this.#numbers.get(object);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(object, number);
    return number;
  }

  #nodeOf(object: object, write: (value: unknown) => GraphValue): GraphNode {
    const kept = this.#keptClassOf(object);
    this.#met(object);
    if (kept !== undefined) return [kept.name, kept.facts(object).map(write), kept.contents(object).map(write)];
    return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, write(value)]));
  }

  #keptClassOf(object: object) {
    try {
      return keptClassOf(object);
    } catch (error) {
      throw new TypeError(`${this.#pathOf(object)} is of a class that cannot be saved`, { cause: error });
    }
  }

  /** Where in the graph a value is: looked for only when it cannot be written. */
  #pathOf(value: unknown): string {
    const paths = new Map<object, string>([[this.#root, 'state']]);
    for (const [object, path] of paths) {
      for (const [key, each] of childrenOf(object)) {
        if (each === value) return `${path}.${key}`;
        if (typeof each === 'object' && each !== null && !paths.has(each)) paths.set(each, `${path}.${key}`);
      }
    }
    return 'something in the state';
  }
}

function childrenOf(object: object): [string | number, unknown][] {
  const kept = keptClassOf(object);
  if (kept === undefined) return Object.entries(object);
  return [...[...kept.facts(object), ...kept.contents(object)].entries()];
}

/** Where two lists differ: from which place on, how many values are gone, and which are there instead. */
function difference(before: GraphValue[], after: GraphValue[]): [number, number, GraphValue[]] {
  const shorter = Math.min(before.length, after.length);
  let at = 0;
  while (at < shorter && isSame(before[at], after[at])) at += 1;
  let same = 0;
  while (same < shorter - at && isSame(before.at(-1 - same), after.at(-1 - same))) same += 1;
  return [at, before.length - at - same, after.slice(at, after.length - same)];
}

function isSame(one: GraphValue | undefined, other: GraphValue | undefined): boolean {
  return one === other || (Array.isArray(one) && Array.isArray(other) && one[0] === other[0]);
}

/** Brings the nodes of a graph to where a change has brought it. Throws a `TypeError` when it does not fit. */
export function applyChange(nodes: GraphNode[], [number, what, less, more]: GraphChange): void {
  if (typeof what !== 'number') {
    nodes[number] = what;
    return;
  }
  const node = nodes[number];
  if (node === undefined || isRecord(node)) throw new TypeError(`the state has no collection ${number}`);
  node[2].splice(what, less ?? 0, ...(more ?? []));
}

/** All nodes of a graph, each at its number. Throws a `TypeError`. */
export function writeGraph(root: object): GraphNode[] {
  const nodes: GraphNode[] = [];
  for (const change of new GraphWriter(root).write([root])) applyChange(nodes, change);
  return nodes;
}

/** The graph again. Throws a `TypeError` when the nodes are not what a writer makes. */
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
  return keptClassNamed(kind).make(facts.map(read));
}

function fill(object: object, node: GraphNode, read: Read): void {
  if (isRecord(node)) {
    for (const [key, value] of Object.entries(node)) Object.assign(object, { [key]: read(value) });
    return;
  }
  const [kind, , contents] = node;
  keptClassNamed(kind).fill(object, contents.map(read));
}
