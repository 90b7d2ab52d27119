import { randomInt } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ByteStore } from './bytes/byte-store.js';
import { buildConsole } from './console/build-console.js';
import type { Console } from './console/console.js';
import { LinuxDevices } from './devices/linux-devices.js';
import type { FaultRules } from './faults/fault-rules.js';
import { ConsoleServer } from './http/server.js';
import { type LeftBehind, leftBehind } from './inspect/left-behind.js';
import { type WorldSnapshot, worldSnapshot } from './inspect/snapshot.js';
import { routeTable } from './routes.js';
import { defaultSite } from './site/default-site.js';
import { paceOf } from './site/latency.js';
import type { Site } from './site/site.js';
import type { LatencyProfile } from './site/timing.js';
import { buildWorld } from './world/build.js';
import { allPartitions } from './world/managed-system.js';
import { happen, type OutsideEvent } from './world/outside.js';
import type { World } from './world/world.js';

export interface SimulatorOptions {
  /** A checked site (`parseSite`, `defaultSite`); one system with everything by default. */
  readonly site?: Site | undefined;
  /** 127.0.0.1 by default. */
  readonly host?: string | undefined;
  /** Port of the first console; 0 or undefined takes a free one. */
  readonly port?: number | undefined;
  /** Repeats ids, slots and orders of an earlier run. */
  readonly seed?: number | undefined;
  /** Where bytes and token files are kept; by default a temporary directory that goes with the simulator. */
  readonly stateDir?: string | undefined;
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
  /** The bytes behind the UDID of a disk, `length` of them. */
  readDisk(udid: string, length?: number): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Resolves when all consoles listen. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const site = options.site ?? defaultSite();
  const seed = options.seed ?? randomInt(2 ** 31);
  const temporary = options.stateDir === undefined;
  const directory = options.stateDir ?? (await mkdtemp(join(tmpdir(), 'powervm-simulator-')));
  const bytes = join(directory, 'bytes');
  await mkdir(bytes, { recursive: true });
  const world = buildWorld(site, {
    seed,
    ...paceOf(site, options.latency),
    bytes: new ByteStore(bytes),
  });
  const running = new RunningSimulator(world, temporary ? directory : undefined);
  try {
    if (options.devicesDir !== undefined) running.showDevices(options.devicesDir);
    await running.listen(options.host ?? '127.0.0.1', options.port ?? 0, directory);
  } catch (error) {
    await running.close();
    throw error;
  }
  return running;
}

class RunningSimulator implements Simulator {
  readonly #world: World;
  /** Removed at the end. */
  readonly #temporary: string | undefined;
  readonly #consoles: Console[] = [];
  readonly #servers: ConsoleServer[] = [];
  readonly #devices: LinuxDevices[] = [];

  constructor(world: World, temporary: string | undefined) {
    this.#world = world;
    this.#temporary = temporary;
  }

  async listen(host: string, port: number, directory: string): Promise<void> {
    const { site, systems } = this.#world;
    const managed = site.console === 'HMC' ? [systems] : systems.map((system) => [system]);
    for (const [index, group] of managed.entries()) {
      const table = routeTable(() => this.#consoles);
      const server = new ConsoleServer(this.#world, table);
      this.#servers.push(server);
      const bound = await server.listen(host, index === 0 || port === 0 ? port : port + index);
      const authority = host.includes(':') ? `[${host}]` : host;
      const console = buildConsole(this.#world, group, {
        url: `http://${authority}:${bound}`,
        directory,
        table,
        peers: () => this.#consoles,
      });
      this.#consoles.push(console);
      server.serve(console);
    }
  }

  /** Disks that are mapped to the NovaLink partitions become files. */
  showDevices(directory: string): void {
    for (const system of this.#world.systems)
      for (const partition of allPartitions(system))
        if (partition.isManagement)
          this.#devices.push(new LinuxDevices(this.#world, partition, join(directory, system.name)));
  }

  get url(): string {
    return this.#first.url;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  get seed(): number {
    return this.#world.seed;
  }

  get consoles(): readonly ConsoleAddress[] {
    return this.#consoles.map(({ name, url, systems }) => ({ name, url, system: systems[0]?.name ?? '' }));
  }

  get faults(): FaultRules {
    return this.#first.faults;
  }

  inspect(): WorldSnapshot {
    return worldSnapshot(this.#world, this.#consoles);
  }

  leftBehind(): LeftBehind[] {
    return this.#consoles.map((console) => leftBehind(console, this.#world.clock.now()));
  }

  happen(partition: string, event: OutsideEvent): void {
    happen(this.#world, partition, event);
  }

  readDisk(udid: string, length?: number): AsyncIterable<Uint8Array> {
    return this.#world.bytes.read(udid, 0, length);
  }

  async close(): Promise<void> {
    for (const devices of this.#devices) devices.close();
    for (const console of this.#consoles) console.jobs.close();
    await Promise.all(this.#consoles.map((console) => console.terminals.close()));
    await Promise.all(this.#servers.map((server) => server.close()));
    this.#world.clock.close();
    if (this.#temporary !== undefined) await rm(this.#temporary, { recursive: true, force: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  get #first(): Console {
    const [first] = this.#consoles;
    if (first === undefined) throw new Error('the simulator has no console');
    return first;
  }
}
