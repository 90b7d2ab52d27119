import { join } from 'node:path';
import { buildConsole } from './console/build-console.js';
import type { Console } from './console/console.js';
import { LinuxDevices } from './devices/linux-devices.js';
import type { FaultRules } from './faults/fault-rules.js';
import { ConsoleServer } from './http/server.js';
import { type LeftBehind, leftBehind } from './inspect/left-behind.js';
import { type WorldSnapshot, worldSnapshot } from './inspect/snapshot.js';
import { routeTable } from './routes.js';
import type { ConsoleAddress, Simulator } from './simulator.js';
import type { Home } from './state/home.js';
import type { OpenedWorld } from './state/open-world.js';
import { resume } from './state/resume.js';
import { inventoryOf, type SavedState, stateOf } from './state/saved-state.js';
import type { StateKeeper } from './state/state-keeper.js';
import { textOfState } from './state/state-text.js';
import { allPartitions } from './world/managed-system.js';
import { happen, type OutsideEvent } from './world/outside.js';
import type { World } from './world/world.js';

/** The consoles of one world, listening. */
export class RunningSimulator implements Simulator {
  readonly restored: boolean;
  readonly #home: Home;
  readonly #world: World;
  readonly #keeper: StateKeeper | undefined;
  readonly #saved: SavedState | undefined;
  readonly #consoles: Console[] = [];
  readonly #servers: ConsoleServer[] = [];
  readonly #devices: LinuxDevices[] = [];
  #closing: Promise<void> | undefined;

  constructor(home: Home, { world, keeper, saved }: OpenedWorld) {
    this.restored = home.saved !== undefined;
    this.#home = home;
    this.#world = world;
    this.#keeper = keeper;
    this.#saved = saved;
  }

  /** Resolves when all consoles listen and a new state is on disk. */
  async listen(host: string, port: number): Promise<void> {
    const { site, systems } = this.#world;
    const managed = site.console === 'HMC' ? [systems] : systems.map((system) => [system]);
    const pending: [ConsoleServer, Console][] = [];
    for (const [index, group] of managed.entries()) {
      const table = routeTable(() => this.#consoles);
      const server = new ConsoleServer(this.#world, table, this.#keeper);
      this.#servers.push(server);
      const bound = await server.listen(host, index === 0 || port === 0 ? port : port + index);
      const authority = host.includes(':') ? `[${host}]` : host;
      const console = buildConsole(this.#world, group, {
        url: `http://${authority}:${bound}`,
        directory: this.#home.directory,
        table,
        peers: () => this.#consoles,
        saved: this.#saved?.consoles,
      });
      this.#consoles.push(console);
      pending.push([server, console]);
    }
    if (this.#saved !== undefined) resume(this.#world);
    await this.#keeper?.keep(stateOf(this.#world, this.#consoles));
    for (const [server, console] of pending) server.serve(console);
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

  pass(ms: number): void {
    this.#world.clock.pass(ms);
  }

  record(): string {
    return textOfState(inventoryOf(this.#world, this.#consoles));
  }

  readDisk(udid: string, length?: number): AsyncIterable<Uint8Array> {
    return this.#world.bytes.read(udid, 0, length);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    // First no more answers, then the last save, and only then the end of what is under way: it goes on after a restart.
    await Promise.all(this.#servers.map((server) => server.close()));
    for (const devices of this.#devices) devices.close();
    try {
      await this.#keeper?.close();
    } finally {
      for (const console of this.#consoles) console.jobs.close();
      await Promise.all(this.#consoles.map((console) => console.terminals.close()));
      this.#world.clock.close();
      await this.#home.close();
    }
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
