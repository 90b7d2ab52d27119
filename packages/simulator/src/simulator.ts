import type { FaultRules } from './faults/fault-rules.js';
import type { LeftBehind } from './inspect/left-behind.js';
import type { WorldSnapshot } from './inspect/snapshot.js';
import { RunningSimulator } from './running-simulator.js';
import type { Site } from './site/site.js';
import type { LatencyProfile } from './site/timing.js';
import { openHome } from './state/home.js';
import type { Inventory } from './state/inventory.js';
import { openWorld } from './state/open-world.js';
import type { OutsideEvent } from './world/outside.js';

export interface SimulatorOptions {
  /** A checked site (`parseSite`, `defaultSite`); one system with everything by default. */
  readonly site?: Site | undefined;
  /** 127.0.0.1 by default. */
  readonly host?: string | undefined;
  /** Port of the first console; 0 or undefined takes a free one. */
  readonly port?: number | undefined;
  /** Repeats ids, slots and orders of an earlier run. */
  readonly seed?: number | undefined;
  /**
   * Directory in which the simulator finds everything again that was acknowledged before it ended, however it ended.
   * What is there goes before `site`, `seed` and `inventory`. Without one, nothing outlives the simulator.
   */
  readonly stateDir?: string | undefined;
  /** A recorded inventory (`readInventory`) instead of a site. */
  readonly inventory?: Inventory | undefined;
  /** Instead of the site's own profile. */
  readonly latency?: LatencyProfile | undefined;
  /**
   * A directory that gets, below the name of each system, what a program on its NovaLink partition would find of the
   * mapped disks in `dev` and `sys`.
   */
  readonly devicesDir?: string | undefined;
}

export interface ConsoleAddress {
  readonly name: string;
  readonly system: string;
  readonly url: string;
}

/** A running simulator. */
export interface Simulator {
  /** Of the first console, without slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly seed: number;
  /** The state came from an earlier run, not from the site. */
  readonly restored: boolean;
  /** Every console; each NovaLink system has its own. */
  readonly consoles: readonly ConsoleAddress[];
  /** The state of the world as plain JSON. */
  inspect(): WorldSnapshot;
  /** Faults of the first console. */
  readonly faults: FaultRules;
  /** What clients hold on each console, in the order of `consoles`. */
  leftBehind(): LeftBehind[];
  /** Something happens to a partition, by name or UUID, that no client asked for. */
  happen(partition: string, event: OutsideEvent): void;
  /** Skips time: metrics and ages go on as if `ms` milliseconds had passed. */
  pass(ms: number): void;
  /** Everything but the contents of disks, as text that `readInventory` takes. */
  record(): string;
  /** The bytes behind the UDID of a disk, `length` of them. */
  readDisk(udid: string, length?: number): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Resolves when all consoles listen. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const home = await openHome(options.stateDir);
  const running = await openWorld(home, options).then(
    (opened) => new RunningSimulator(home, opened),
    async (error: unknown) => {
      await home.close();
      throw error;
    },
  );
  try {
    await running.listen(options.host ?? '127.0.0.1', options.port ?? 0);
    if (options.devicesDir !== undefined) running.showDevices(options.devicesDir);
  } catch (error) {
    await running.close();
    throw error;
  }
  return running;
}
