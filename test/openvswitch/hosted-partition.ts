import { randomUUID } from 'node:crypto';
import {
  type Commands,
  Driver,
  type DriverCall,
  Instance,
  NovaOptions,
  noLog,
  PowerVMOptions,
  type Vif,
} from '@openstack-powervm/compute';
import { Session } from '@openstack-powervm/rest';
import { type Simulator, startSimulator } from '@openstack-powervm/simulator';

const imageSize = 1024 * 1024;
const flavor = { name: 'f', memoryMb: 512, vcpus: 1, rootGb: 1, ephemeralGb: 0, swapMb: 0, extraSpecs: {} };

/** A driver on a simulated Power system, with one deployed partition. */
export class HostedPartition implements AsyncDisposable {
  readonly simulator: Simulator;
  readonly driver: Driver;
  readonly instance = Instance.parse({
    ...{ uuid: randomUUID(), name: 'instance-00000001', displayName: 'one', host: 'aio', powerState: 0 },
    ...{ vmState: 'building', taskState: 'spawning', projectId: null, systemMetadata: {} },
    ...{ flavor, oldFlavor: null, newFlavor: null },
  });

  private constructor(simulator: Simulator, driver: Driver) {
    this.simulator = simulator;
    this.driver = driver;
  }

  static async deploy(commands: Commands, ovsdb: string): Promise<HostedPartition> {
    const simulator = await startSimulator();
    const parts = { rest_endpoint: simulator.url, volume_group_name: 'datavg', ovsdb_connection: ovsdb };
    const nova = NovaOptions.parse({ host: 'aio', my_ip: '127.0.0.1' });
    const driver = new Driver(PowerVMOptions.parse(parts), nova, {
      openSession: (call) => Session.open({ endpoint: simulator.url, credentials: { kind: 'local' } }, call),
      images: { open: async () => ({ size: imageSize, body: zeros() }), upload: async () => {} },
      log: noLog,
      commands,
    });
    const partition = new HostedPartition(simulator, driver);
    await partition.#spawn();
    return partition;
  }

  /** Each call has its own time. */
  get call(): DriverCall {
    return {
      signal: AbortSignal.timeout(120_000),
      request: { requestId: 'req-test', userId: null, projectId: null },
    };
  }

  plug(...vifs: Vif[]): Promise<unknown> {
    return this.driver.plugVifs({ instance: this.instance, vifs }, this.call);
  }

  unplug(...vifs: Vif[]): Promise<unknown> {
    return this.driver.unplugVifs({ instance: this.instance, vifs }, this.call);
  }

  /** VLAN of the client adapter of a VIF. */
  vlanOf({ address }: Vif): number {
    const mac = address.replaceAll(':', '').toUpperCase();
    const adapters = this.simulator
      .inspect()
      .systems.flatMap(({ partitions }) => partitions.flatMap((each) => each.adapters));
    const found = adapters.find((adapter) => adapter.mac === mac);
    if (!found) throw new Error(`no adapter has MAC address ${address}`);
    return found.portVlan;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.driver.cleanupHost();
    await this.simulator.close();
  }

  async #spawn(): Promise<void> {
    await this.driver.initHost({}, this.call);
    await this.driver.spawn(
      {
        instance: this.instance,
        image: {
          ...{ id: randomUUID(), name: 'i', size: imageSize, diskFormat: 'raw' },
          checksum: null,
          properties: {},
        },
        imageAccess: { endpoint: 'http://127.0.0.1:9292', token: 'none' },
        vifs: [],
        blockDevices: {
          ...{ rootDeviceName: null, bootFromVolume: false, volumes: [], ephemerals: [], swapMb: 0 },
        },
        configDrivePath: null,
        managementMac: null,
        evacuate: false,
      },
      this.call,
    );
  }
}

async function* zeros(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(imageSize);
}

/** A VIF as Nova describes it. */
export function vif(type: 'ovs' | 'bridge', bridge: string, number: number): Vif {
  const id = randomUUID();
  return {
    ...{ id, type, vnicType: 'normal', active: true, details: {}, profile: {} },
    address: `fa:16:3e:00:00:${number.toString(16).padStart(2, '0')}`,
    devname: `tap${id}`.slice(0, 14),
    ovsInterfaceId: type === 'ovs' ? id : null,
    network: { id: randomUUID(), label: 'net', bridge, meta: { mtu: 1450 } },
  };
}
