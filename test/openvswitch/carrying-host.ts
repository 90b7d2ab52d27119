import { setTimeout as sleep } from 'node:timers/promises';
import { type Commands, systemCommands, type Vif } from '@openstack-powervm/compute';
import type { PrivateNeutron } from '../neutron/private-neutron.js';
import { HostedPartition } from './hosted-partition.js';
import { LoopbackLine } from './loopback-line.js';
import { Namespace } from './namespace.js';
import { PrivateOpenVSwitch } from './private-open-vswitch.js';
import { StockAgent } from './stock-agent.js';
import { TrunkDevices } from './trunk-devices.js';

/** A port of Neutron's, as its API shows it. */
export interface BoundPort {
  readonly id: string;
  readonly status: string;
  readonly mac_address: string;
  readonly network_id: string;
  readonly fixed_ips: readonly { readonly ip_address: string }[];
  readonly 'binding:vif_type': string;
  readonly 'binding:vif_details': Readonly<Record<string, unknown>>;
}

/** The bridge of the physical network `data`, and the one that tunnels go through. */
const dataBridge = 'br-data';
const tunnelBridge = 'br-tunnel';

/** A Power system whose NovaLink partition runs Open vSwitch and Neutron's own agent, with one partition of ours. */
export class CarryingHost implements AsyncDisposable {
  readonly #parts: readonly AsyncDisposable[];
  readonly #devices: TrunkDevices;
  /** IP addresses by MAC address in REST form. */
  readonly #addresses: Map<string, string>;

  private constructor(
    readonly name: string,
    readonly novalink: Namespace,
    readonly ovs: PrivateOpenVSwitch,
    readonly agent: StockAgent,
    readonly partition: HostedPartition,
    others: {
      readonly parts: readonly AsyncDisposable[];
      readonly devices: TrunkDevices;
      readonly addresses: Map<string, string>;
    },
  ) {
    this.#parts = others.parts;
    this.#devices = others.devices;
    this.#addresses = others.addresses;
  }

  /** `number` is the last part of its address in the tunnels' network. */
  static async start(neutron: PrivateNeutron, name: string, number: number): Promise<CarryingHost> {
    const parts: AsyncDisposable[] = [];
    const keep = <T extends AsyncDisposable>(part: T): T => {
      parts.unshift(part);
      return part;
    };
    try {
      const novalink = keep(await Namespace.make(name));
      const ovs = keep(await PrivateOpenVSwitch.start(novalink, [dataBridge, tunnelBridge]));
      const localAddress = `198.51.100.${number}`;
      await novalink.run('ip', 'address', 'add', `${localAddress}/24`, 'dev', tunnelBridge);
      await novalink.run('ip', 'link', 'set', 'dev', tunnelBridge, 'up');
      keep(await LoopbackLine.into(novalink, neutron.rabbit.port));
      const inNovaLink: Commands = {
        run: (program, args, options) => systemCommands.run(...novalink.command(program, args), options),
      };
      const partition = keep(await HostedPartition.deploy(inNovaLink, ovs.database));
      const addresses = new Map<string, string>();
      const addressOf = ({ mac }: { mac: string }) => addresses.get(mac) ?? '192.0.2.254';
      const devices = keep(TrunkDevices.follow(partition.simulator, novalink, addressOf));
      const agent = keep(
        await StockAgent.start(neutron, {
          ...{ host: name, space: novalink, ovs, localAddress },
          bridgeMappings: `data:${dataBridge}`,
        }),
      );
      return new CarryingHost(name, novalink, ovs, agent, partition, { parts, devices, addresses });
    } catch (error) {
      for (const part of parts) await part[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Lays two cables between two hosts: for the tunnels and for the physical network. */
  async connect(other: CarryingHost): Promise<void> {
    for (const bridge of [tunnelBridge, dataBridge]) {
      const device = `to-${bridge}`;
      const peer = ['peer', 'name', device, 'netns', other.novalink.name];
      await this.novalink.run('ip', 'link', 'add', device, 'type', 'veth', ...peer);
      for (const { novalink, ovs } of [this, other]) {
        await novalink.run('ip', 'link', 'set', 'dev', device, 'up');
        await ovs.vsctl('add-port', bridge, device);
      }
    }
  }

  /** Gives our partition an adapter for the port, as Nova would; resolves to the guest's end of it. */
  async plug(port: BoundPort): Promise<Namespace> {
    const vif = vifOf(port);
    const [{ ip_address: address = '' } = {}] = port.fixed_ips;
    this.#addresses.set(port.mac_address.replaceAll(':', '').toUpperCase(), address);
    await this.partition.plug(vif);
    return await this.#devices.guest(this.partition.vlanOf(vif));
  }

  async unplug(port: BoundPort): Promise<void> {
    await this.partition.unplug(vifOf(port));
  }

  /** A column of the port's record in Open vSwitch's database. */
  async column(table: 'Port' | 'Interface', { id }: BoundPort, column: string): Promise<string> {
    return (await this.ovs.vsctl('get', table, deviceOf(id), column)).trim().replaceAll('"', '');
  }

  /** The rules of the integration bridge, which the agent makes. */
  flows(): Promise<string> {
    return this.novalink.run('ovs-ofctl', 'dump-flows', this.ovs.managementOf('br-int'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const part of this.#parts) await part[Symbol.asyncDispose]();
  }
}

function deviceOf(portId: string): string {
  return `tap${portId}`.slice(0, 14);
}

/** What Nova makes of a port that the mechanism driver `openvswitch` has bound. */
function vifOf(port: BoundPort): Vif {
  const { 'binding:vif_details': details } = port;
  return {
    ...{ id: port.id, type: port['binding:vif_type'], vnicType: 'normal', active: true, profile: {} },
    ...{ address: port.mac_address, devname: deviceOf(port.id), ovsInterfaceId: port.id },
    details: { ...details },
    network: {
      ...{ id: port.network_id, label: 'net', bridge: String(details['bridge_name'] ?? 'br-int') },
      meta: { mtu: 1400 },
    },
  };
}

/** Waits until something holds; after the limit it says what did not, with whatever helps to see why. */
export async function until(
  what: string,
  holds: () => Promise<boolean>,
  why: () => Promise<string>,
): Promise<void> {
  const end = performance.now() + 240_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`it did not happen that ${what}\n${await why()}`);
    await sleep(300);
  }
}
