import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RecordedExchange, Session } from '@openstack-powervm/rest';
import {
  type ContentSnapshot,
  type MappingSnapshot,
  type PartitionSnapshot,
  type Simulator,
  type SimulatorOptions,
  type SystemSnapshot,
  startSimulator,
} from '@openstack-powervm/simulator';
import type { Clock } from '../clock.js';
import {
  type DestroyParams,
  type DriverCall,
  type Image,
  type Instance,
  NovaOptions,
  type PowerVMOptions,
  type SpawnParams,
} from '../contract/index.js';
import { Driver } from '../driver.js';
import type { FlowHooks } from '../flow/index.js';
import { type Log, noLog } from '../log.js';
import { managementMac } from '../network/mac.js';
import { partitionUuidOf } from '../partition/naming.js';
import { MemoryImages } from './images.js';
import { exampleInstance, exampleOptions, exampleVif, noDevices } from './nova.js';

export interface RigOptions {
  readonly simulator?: SimulatorOptions;
  readonly options?: Partial<PowerVMOptions>;
  readonly hooks?: FlowHooks;
  readonly log?: Log;
  readonly clock?: Clock;
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
  readonly images = new MemoryImages();
  /** Every exchange since the rig was made or this list was emptied. */
  readonly requests: RecordedExchange[] = [];
  readonly driver: Driver;

  private constructor(
    readonly simulator: Simulator,
    private readonly directory: string,
    private readonly options: RigOptions,
  ) {
    this.driver = this.newDriver();
  }

  static async open(options: RigOptions = {}): Promise<Rig> {
    const simulator = await startSimulator(options.simulator ?? {});
    const rig = new Rig(simulator, await mkdtemp(join(tmpdir(), 'powervm-compute-')), options);
    if (options.start !== false) await rig.driver.initHost({}, exampleCall());
    return rig;
  }

  /** Another driver on the same system, as after a restart of the daemon. */
  newDriver(hooks: FlowHooks = this.options.hooks ?? {}): Driver {
    const { simulator, images, requests } = this;
    const nova = NovaOptions.parse({ host: 'aio', my_ip: '127.0.0.1' });
    const powervm = exampleOptions({ rest_endpoint: simulator.url, ...this.options.options });
    const record = (exchange: RecordedExchange) => requests.push(exchange);
    return new Driver(powervm, nova, {
      openSession: (call) =>
        Session.open({ endpoint: simulator.url, credentials: { kind: 'local' }, record }, call),
      images,
      log: this.options.log ?? noLog,
      hooks,
      ...(this.options.clock ? { clock: this.options.clock } : {}),
    });
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
    await this.simulator.close();
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** What destroys a deployment. */
export function removalOf({ instance, vifs, blockDevices }: SpawnParams): DestroyParams {
  return { instance, vifs, blockDevices, configDrive: true, destroyDisks: true };
}
