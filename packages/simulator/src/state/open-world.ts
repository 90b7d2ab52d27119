import { randomInt } from 'node:crypto';
import { ByteStore } from '../bytes/byte-store.js';
import type { Console } from '../console/console.js';
import { defaultSite } from '../site/default-site.js';
import { paceOf } from '../site/latency.js';
import type { Site } from '../site/site.js';
import type { LatencyProfile } from '../site/timing.js';
import { buildWorld, restoredWorld } from '../world/build.js';
import type { World } from '../world/world.js';
import type { Home } from './home.js';
import type { Inventory } from './inventory.js';
import { type SavedState, writeState } from './saved-state.js';
import { StateKeeper } from './state-keeper.js';

export interface OpenedWorld {
  readonly world: World;
  readonly consoles: Console[];
  /** Undefined when nothing outlives the simulator. */
  readonly keeper: StateKeeper | undefined;
  /** What the world was made from; undefined when it is a new one. */
  readonly saved: SavedState | undefined;
}

interface WorldChoice {
  readonly site?: Site | undefined;
  readonly seed?: number | undefined;
  readonly latency?: LatencyProfile | undefined;
  readonly inventory?: Inventory | undefined;
}

/** The world of the home, else the recorded one, else a new one of the site. */
export async function openWorld(home: Home, choice: WorldChoice): Promise<OpenedWorld> {
  const saved = home.saved ?? choice.inventory?.open();
  const site = saved?.world.site ?? choice.site ?? defaultSite();
  const consoles: Console[] = [];
  const keeper: StateKeeper | undefined =
    home.stateFile === undefined
      ? undefined
      : new StateKeeper(home.stateFile, () => writeState(world, consoles, true));
  const parts = { ...paceOf(site, choice.latency), bytes: byteStore(home, saved, keeper) };
  const world: World =
    saved === undefined
      ? buildWorld(site, { ...parts, seed: choice.seed ?? randomInt(2 ** 31) })
      : restoredWorld(saved.world, parts);
  if (keeper !== undefined) {
    world.listeners.add(() => keeper.changed());
    world.clock.watch(() => keeper.changed());
  }
  return { world, consoles, keeper, saved };
}

function byteStore(home: Home, saved: SavedState | undefined, keeper: StateKeeper | undefined): ByteStore {
  if (keeper === undefined) return new ByteStore(home.bytes, { saved: saved?.bytes });
  const unused = (path: string): void => keeper.unused(path);
  return new ByteStore(home.bytes, { saved: saved?.bytes, unused, durable: true });
}
