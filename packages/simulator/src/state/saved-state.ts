import type { SavedBytes } from '../bytes/byte-store.js';
import type { Console } from '../console/console.js';
import type { KeptRules } from '../faults/fault-rules.js';
import type { World } from '../world/world.js';

/** The world without what belongs to a process: time, listeners, and what the command line may change. */
export type SavedWorld = Omit<World, 'clock' | 'timing' | 'costs' | 'bytes' | 'listeners'>;

/** What a console does not forget when it is restarted. */
export interface SavedConsole {
  readonly authorizedKeys: readonly string[];
  /** Undefined where they begin anew with those of the site. */
  readonly faults: KeptRules | undefined;
}

/** Everything that outlives a simulator. Sessions, jobs, files and event queues do not: its consoles restart. */
export interface SavedState {
  readonly world: SavedWorld;
  readonly bytes: SavedBytes;
  /** By the name of the console. */
  readonly consoles: ReadonlyMap<string, SavedConsole>;
}

/** The state of a running simulator: not a copy, it changes with the simulator. */
export function stateOf(world: World, consoles: readonly Console[]): SavedState {
  const { clock: _clock, timing: _timing, costs: _costs, bytes, listeners: _listeners, ...kept } = world;
  const parts = consoles.map(
    ({ name, authorizedKeys, faults }) => [name, { authorizedKeys, faults: faults.kept }] as const,
  );
  return { world: kept, bytes: bytes.kept, consoles: new Map(parts) };
}

/** What can be taken anywhere: the contents of disks stay behind, and the fault rules of the site begin anew. */
export function inventoryOf(world: World, consoles: readonly Console[]): SavedState {
  const state = stateOf(world, consoles);
  const parts = consoles.map(
    ({ name, authorizedKeys }) => [name, { authorizedKeys, faults: undefined }] as const,
  );
  return { ...state, bytes: world.bytes.withoutContents(), consoles: new Map(parts) };
}
