import type { Answer, Call, Method } from './call.js';

/** One thing that the simulator answers. */
export interface Route {
  /** `LogicalPartition.read`: unique; fault rules name it. */
  readonly name: string;
  readonly method: Method;
  /** `/rest/api/uom/LogicalPartition/{id}`: segments in braces match anything. */
  readonly path: string;
  readonly answer: (call: Call) => Answer | Promise<Answer>;
  /** Answers without a session. */
  readonly open?: boolean;
  /** What the answer is; a request that accepts only other types gets 406. */
  readonly produces?: 'atom' | 'json' | 'web' | 'any';
}

export interface RouteMatch {
  readonly route: Route;
  readonly parameters: Record<string, string>;
}

interface Node {
  readonly literals: Map<string, Node>;
  placeholder: { readonly name: string; readonly node: Node } | undefined;
  readonly routes: Map<Method, Route>;
}

/** Which request goes where. Duplicates and contradictions are found when the table is made. */
export class RouteTable {
  readonly #root: Node = emptyNode();
  readonly #routes: Route[] = [];
  readonly #names = new Set<string>();

  constructor(routes: Iterable<Route>) {
    for (const route of routes) this.#add(route);
  }

  get routes(): readonly Route[] {
    return this.#routes;
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** The route, or the methods that the path knows instead, or nothing when the path is unknown. */
  match(method: string, path: string): RouteMatch | { readonly allowed: readonly Method[] } | undefined {
    const segments = path.split('/').filter((segment) => segment !== '');
    const found = findNode(this.#root, segments, 0);
    if (found === undefined || found.node.routes.size === 0) return undefined;
    const route = [...found.node.routes.values()].find((candidate) => candidate.method === method);
    if (route === undefined) return { allowed: [...found.node.routes.keys()] };
    return { route, parameters: found.parameters };
  }

  #add(route: Route): void {
    if (this.#names.has(route.name)) throw new Error(`two routes are named ${route.name}`);
    let node = this.#root;
    for (const segment of route.path.split('/').filter((part) => part !== ''))
      node = step(node, segment, route);
    if (node.routes.has(route.method)) throw new Error(`two routes answer ${route.method} ${route.path}`);
    node.routes.set(route.method, route);
    this.#names.add(route.name);
    this.#routes.push(route);
  }
}

function emptyNode(): Node {
  return { literals: new Map(), placeholder: undefined, routes: new Map() };
}

function step(node: Node, segment: string, route: Route): Node {
  const placeholder = /^\{(\w+)\}$/.exec(segment)?.[1];
  if (placeholder === undefined) {
    const next = node.literals.get(segment) ?? emptyNode();
    node.literals.set(segment, next);
    return next;
  }
  node.placeholder ??= { name: placeholder, node: emptyNode() };
  if (node.placeholder.name !== placeholder) {
    throw new Error(`${route.path}: {${placeholder}} is {${node.placeholder.name}} in another route`);
  }
  return node.placeholder.node;
}

interface Found {
  readonly node: Node;
  readonly parameters: Record<string, string>;
}

function findNode(node: Node, segments: readonly string[], at: number): Found | undefined {
  const segment = segments[at];
  if (segment === undefined) return node.routes.size > 0 ? { node, parameters: {} } : undefined;
  const literal = node.literals.get(segment);
  const direct = literal === undefined ? undefined : findNode(literal, segments, at + 1);
  if (direct !== undefined || node.placeholder === undefined) return direct;
  const found = findNode(node.placeholder.node, segments, at + 1);
  if (found === undefined) return undefined;
  found.parameters[node.placeholder.name] = decode(segment);
  return found;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
