import { randomUUID } from 'node:crypto';
import type { Commands, Driver, DriverCall, Vif } from '@openstack-powervm/compute';
import { type Simulator, startSimulator } from '@openstack-powervm/simulator';
import { deploymentOf, driverOn, newCall, newInstance } from '../resilience/deployment.js';

/** A driver on a simulated Power system, with one deployed partition. */
export class HostedPartition implements AsyncDisposable {
  readonly simulator: Simulator;
  readonly driver: Driver;
  readonly instance = newInstance();

  private constructor(simulator: Simulator, driver: Driver) {
    this.simulator = simulator;
    this.driver = driver;
  }

  static async deploy(commands: Commands, ovsdb: string): Promise<HostedPartition> {
    const simulator = await startSimulator();
    const driver = driverOn(simulator.url, { ovsdb_connection: ovsdb }, commands);
    const partition = new HostedPartition(simulator, driver);
    await partition.#spawn();
    return partition;
  }

  /** Each call has its own time. */
  get call(): DriverCall {
    return newCall();
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
    await this.driver.spawn(deploymentOf(this.instance, []), this.call);
  }
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
