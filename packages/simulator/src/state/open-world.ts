import { randomInt } from 'node:crypto';
import { ByteStore } from '../bytes/byte-store.js';
import { defaultSite } from '../site/default-site.js';
import { paceOf } from '../site/latency.js';
import type { Site } from '../site/site.js';
import type { LatencyProfile } from '../site/timing.js';
import { buildWorld, restoredWorld } from '../world/build.js';
import type { World } from '../world/world.js';
import type { Home } from './home.js';
import type { Inventory } from './inventory.js';
import type { SavedState } from './saved-state.js';
import { StateKeeper } from './state-keeper.js';

export interface OpenedWorld {
  readonly world: World;
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
  // The world has a site of its own: what is kept is watched, and the caller's objects are his.
  const site = saved?.world.site ?? structuredClone(choice.site ?? defaultSite());
  const keeper = home.isKept ? new StateKeeper(home.directory) : undefined;
  const parts = { ...paceOf(site, choice.latency), bytes: byteStore(home, saved, keeper) };
  const world =
    saved === undefined
      ? buildWorld(site, { ...parts, seed: choice.seed ?? randomInt(2 ** 31) })
      : restoredWorld(saved.world, parts);
  return { world, keeper, saved };
}

function byteStore(home: Home, saved: SavedState | undefined, keeper: StateKeeper | undefined): ByteStore {
  if (keeper === undefined) return new ByteStore(home.bytes, { saved: saved?.bytes });
  const unused = (path: string): void => keeper.unused(path);
  return new ByteStore(home.bytes, { saved: saved?.bytes, unused, durable: true });
}
