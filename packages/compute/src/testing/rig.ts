import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RecordedExchange, Session, type Timing } from '@openstack-powervm/rest';
import {
  type ContentSnapshot,
  type MappingSnapshot,
  type PartitionSnapshot,
  type Simulator,
  type SimulatorOptions,
  type SystemSnapshot,
  startSimulator,
} from '@openstack-powervm/simulator';
import { type Clock, systemClock } from '../clock.js';
import type { Commands } from '../commands.js';
import {
  type DestroyParams,
  type DriverCall,
  type Image,
  type Instance,
  NovaOptions,
  type PowerVMOptions,
  type SpawnParams,
} from '../contract/index.js';
import { LinuxBlockDevices } from '../devices/linux-block-devices.js';
import { Driver } from '../driver.js';
import type { FlowHooks } from '../flow/index.js';
import { type Log, noLog } from '../log.js';
import { managementMac } from '../network/mac.js';
import { partitionUuidOf } from '../partition/naming.js';
import { simulatedCommands } from './console-commands.js';
import { MemoryImages } from './images.js';
import { exampleInstance, exampleOptions, exampleVif, noDevices } from './nova.js';

export interface RigOptions {
  readonly simulator?: SimulatorOptions;
  readonly options?: Partial<PowerVMOptions>;
  readonly hooks?: FlowHooks;
  /** Instead of programs of this machine. */
  readonly commands?: Commands;
  readonly log?: Log;
  readonly clock?: Clock;
  /** Intervals of the REST client that differ from its defaults. */
  readonly timing?: Partial<Timing>;
  /** Instead of a session on the simulator. */
  readonly openSession?: () => Promise<Session>;
  /** Puts something between driver and simulator, and gives the address that leads through it. */
  readonly through?: (simulatorUrl: string) => Promise<string>;
  /** Gives the driver the simulator's stand-ins for mkvterm and rmvterm. */
  readonly terminals?: boolean;
  /** False leaves the call of initHost to the test. */
  readonly start?: boolean;
}

const requestContext = { requestId: 'req-test', userId: null, projectId: null };

/** What a driver method gets besides its parameters. */
export function exampleCall(parts: Partial<DriverCall> = {}): DriverCall {
  return { signal: new AbortController().signal, request: requestContext, ...parts };
}

/** A driver on a simulated Power system, over real HTTP. Dispose of it at the end. */
export class Rig implements AsyncDisposable {
  /** Every exchange since the rig was made or this list was emptied. */
  readonly requests: RecordedExchange[] = [];
  readonly driver: Driver;

  private constructor(
    readonly simulator: Simulator,
    private readonly directory: string,
    private readonly options: RigOptions & { readonly shared?: boolean },
    private readonly endpoint: string = simulator.url,
    readonly images: MemoryImages = new MemoryImages(),
  ) {
    this.driver = this.#newDriver();
  }

  static async open(options: RigOptions = {}): Promise<Rig> {
    const directory = await mkdtemp(join(tmpdir(), 'powervm-compute-'));
    const simulator = await startSimulator({ devicesDir: join(directory, 'devices'), ...options.simulator });
    const terminals = options.terminals ? await simulatedCommands(directory, simulator.url) : {};
    const endpoint = (await options.through?.(simulator.url)) ?? simulator.url;
    const own = { ...options, options: { ...terminals, ...options.options } };
    const rig = new Rig(simulator, directory, own, endpoint);
    if (options.start !== false) await rig.driver.initHost({}, exampleCall());
    return rig;
  }

  /** A second driver on the same system, as after a kill of the daemon: the first one is left as it is. */
  async restart(hooks: FlowHooks = {}): Promise<Rig> {
    const rig = new Rig(
      this.simulator,
      this.directory,
      { ...this.options, hooks, shared: true },
      this.simulator.url,
      this.images,
    );
    await rig.driver.initHost({}, exampleCall());
    return rig;
  }

  #newDriver(): Driver {
    const { endpoint, images, requests, options: parts } = this;
    const nova = NovaOptions.parse({ host: 'aio', my_ip: '127.0.0.1' });
    const options = exampleOptions({ rest_endpoint: endpoint, ...parts.options });
    const { clock = systemClock } = parts;
    const { rest_username: username, rest_password: password } = options;
    const credentials =
      username === '' ? ({ kind: 'local' } as const) : ({ kind: 'password', username, password } as const);
    const record = (exchange: RecordedExchange) => requests.push(exchange);
    return new Driver(options, nova, {
      openSession:
        parts.openSession ??
        ((call) => Session.open({ endpoint, credentials, record, timing: parts.timing }, call)),
      images,
      devices: new LinuxBlockDevices(this.deviceRoot, clock),
      log: parts.log ?? noLog,
      hooks: parts.hooks ?? {},
      clock,
      ...(parts.commands ? { commands: parts.commands } : {}),
    });
  }

  /** Where the simulated NovaLink's disks appear. */
  get deviceRoot(): string {
    return join(this.directory, 'devices', 'sim1');
  }

  /** Names in the simulated NovaLink's /dev and /sys; equal before and after means that nothing leaked. */
  async devices(): Promise<string[]> {
    const names = await readdir(this.deviceRoot, { recursive: true });
    return names.sort();
  }

  /** The one simulated system as it is now. */
  get system(): SystemSnapshot {
    const [system] = this.simulator.inspect().systems;
    if (!system) throw new Error('the simulator has no system');
    return system;
  }

  partition(instance: Pick<Instance, 'uuid'>): PartitionSnapshot | undefined {
    return this.system.partitions.find(({ uuid }) => uuid === partitionUuidOf(instance.uuid));
  }

  /** Waits until the simulated guest has booted and, where guests have RMC, is connected. */
  async booted(instance: Pick<Instance, 'uuid'>, rmc: 'active' | 'inactive' = 'active'): Promise<void> {
    for (;;) {
      const partition = this.partition(instance);
      if (partition?.state === 'running' && partition.rmc === rmc) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Waits until no request has come for a moment: what a driver that was cut off had still under way is done. */
  async quiet(): Promise<void> {
    for (let seen = -1; seen !== this.requests.length; ) {
      seen = this.requests.length;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** vSCSI mappings of an instance's partition on any VIOS. */
  mappingsOf(instance: Pick<Instance, 'uuid'>): MappingSnapshot[] {
    const name = this.partition(instance)?.name;
    return this.system.vioses.flatMap(({ mappings }) => mappings).filter(({ client }) => client === name);
  }

  /** Virtual disks in the volume groups of that name, on any VIOS. */
  disks(groupName: string): ContentSnapshot[] {
    const groups = this.system.vioses.flatMap(({ volumeGroups }) => volumeGroups);
    return groups.filter(({ name }) => name === groupName).flatMap(({ disks }) => disks);
  }

  /** Optical media on any VIOS. */
  media(): ContentSnapshot[] {
    return this.system.vioses.flatMap(({ volumeGroups }) => volumeGroups.flatMap(({ media }) => media));
  }

  /** Names of everything a deployment can leave behind; equal before and after means that nothing leaked. */
  inventory() {
    const { partitions, vioses } = this.system;
    return {
      partitions: partitions.map(({ name }) => name).sort(),
      mappings: vioses
        .flatMap(({ name, mappings }) =>
          mappings.map(({ client, storage }) => `${name} ${client} ${storage?.name}`),
        )
        .sort(),
      contents: vioses
        .flatMap(({ name, volumeGroups }) =>
          volumeGroups.flatMap(({ disks, media }) =>
            [...disks, ...media].map((each) => `${name} ${each.name}`),
          ),
        )
        .sort(),
      files: this.simulator.inspect().consoles.flatMap(({ files }) => files.map(({ name }) => name)),
    };
  }

  /** Requests of these methods, as `METHOD path`; the long poll for events is left out. */
  sent(...methods: string[]): string[] {
    return this.requests
      .filter(({ method, path }) => methods.includes(method) && !path.includes('/Event?'))
      .map(({ method, path }) => `${method} ${path}`);
  }

  /** Parameters of an ordinary deployment: one SEA port, config drive, management interface. */
  async deployment(parts: Partial<SpawnParams> & { image: Image }): Promise<SpawnParams> {
    const instance = parts.instance ?? exampleInstance();
    const configDrivePath = join(this.directory, `${instance.uuid}.iso`);
    await writeFile(configDrivePath, `config drive of ${instance.uuid}`);
    return {
      instance,
      imageAccess: { endpoint: 'http://127.0.0.1:9292', token: 'not a real one' },
      vifs: [exampleVif()],
      blockDevices: noDevices,
      configDrivePath,
      managementMac: managementMac(instance.uuid),
      evacuate: false,
      ...parts,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.driver.cleanupHost();
    if (this.options.shared) return;
    await this.simulator.close();
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** What destroys a deployment. */
export function removalOf({ instance, vifs, blockDevices }: SpawnParams): DestroyParams {
  return { instance, vifs, blockDevices, configDrive: true, destroyDisks: true };
}
