import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { SavedBytes } from '../bytes/byte-store.js';
import type { Console } from '../console/console.js';
import { allPartitions } from '../world/managed-system.js';
import type { AnyPartition } from '../world/partition.js';
import type { World } from '../world/world.js';
import { type GraphNode, readGraph, writeGraph } from './graph.js';
import { checkShapes } from './shapes.js';
import { StateError } from './state-error.js';

/** The world without what belongs to a process: time, listeners, and what the command line may change. */
export type SavedWorld = Omit<World, 'clock' | 'timing' | 'costs' | 'bytes' | 'listeners'>;

/** Everything that outlives a simulator. Sessions, jobs, files and event queues do not: its consoles restart. */
export interface SavedState {
  readonly world: SavedWorld;
  readonly bytes: SavedBytes;
  /** Console name → keys that it has accepted. */
  readonly authorizedKeys: ReadonlyMap<string, readonly string[]>;
  /** Partitions that were on their way to another state. */
  readonly underway: readonly AnyPartition[];
}

const FORMAT = 'powervm-simulator-state';

const fileSchema = z.object({ format: z.literal(FORMAT), version: z.string(), nodes: z.array(z.unknown()) });

/** A state as text; with contents it fits the directory of the disks, without them it can be taken anywhere. */
export function writeState(world: World, consoles: readonly Console[], withContents: boolean): string {
  const { clock: _clock, timing: _timing, costs: _costs, bytes: _bytes, listeners: _listeners, ...kept } = world;
  const partitions = world.systems.flatMap(allPartitions);
  const state: SavedState = {
    world: kept,
    bytes: world.bytes.save(withContents),
    authorizedKeys: new Map(consoles.map(({ name, authorizedKeys }) => [name, authorizedKeys])),
    underway: partitions.filter(({ pendingActions }) => pendingActions.size > 0),
  };
  return JSON.stringify({ format: FORMAT, version: version(), nodes: writeGraph(state) });
}

/** Throws a `StateError` when the text is not a state of this version. `name` is the file's. */
export function readState(text: string, name: string): SavedState {
  try {
    const file = fileSchema.parse(JSON.parse(text));
    if (file.version !== version()) throw new TypeError(`version ${file.version} wrote it, this is ${version()}`);
    // Every node is checked where it is used: `readGraph` throws on what `writeGraph` does not make.
    const nodes = file.nodes as GraphNode[];
    checkShapes(nodes);
    const state = readGraph(nodes);
    if (isSavedState(state)) return state;
    throw new TypeError('it holds no world');
  } catch (error) {
    const reason = error instanceof z.ZodError ? 'it is not a state of this simulator' : messageOf(error);
    throw new StateError(
      'SIM_STATE_UNREADABLE',
      `The state in ${name} cannot be read: ${reason}.`,
      'start with another directory or file, or remove this one; what it held is lost then',
      error,
    );
  }
}

function isSavedState(value: unknown): value is SavedState {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['world', 'bytes', 'authorizedKeys', 'underway'].every((key) => Object.hasOwn(value, key))
  );
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function version(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(manifest)).version;
}
