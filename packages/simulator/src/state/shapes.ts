import { ByteStore } from '../bytes/byte-store.js';
import { requestCosts } from '../site/latency.js';
import { namedSites } from '../site/named-sites.js';
import { timingProfiles } from '../site/timing.js';
import { buildWorld } from '../world/build.js';
import { type GraphNode, writeGraph } from './graph.js';

/**
 * Throws a `TypeError` when objects were saved by a program whose objects had other properties: they would be there,
 * but not work. Compared with a new world of this program, which costs some milliseconds.
 */
export function checkShapes(nodes: readonly GraphNode[]): void {
  const world = buildWorld(namedSites['one-host'](), {
    seed: 1,
    timing: timingProfiles.none,
    costs: requestCosts.none,
    bytes: new ByteStore(''),
  });
  const present = shapesOf(writeGraph(world.systems));
  for (const [kind, saved] of shapesOf(nodes)) {
    const expected = present.get(kind);
    if (expected !== undefined && expected !== saved)
      throw new TypeError(`another version wrote it, in which a ${kind} has other properties`);
  }
}

/** Kind of object → the names of its properties. */
function shapesOf(nodes: readonly GraphNode[]): Map<string, string> {
  const shapes = new Map<string, string>();
  for (const node of nodes) {
    if (Array.isArray(node) || !('kind' in node && 'uuid' in node)) continue;
    shapes.set(String(node.kind), Object.keys(node).sort().join(' '));
  }
  return shapes;
}
