import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seaAgent, sriovAgent } from '@openstack-powervm/agents';
import {
  ClientNetworkAdapter,
  LogicalPartition,
  ManagedSystem,
  Session,
  VirtualIOServer,
  VirtualNICDedicated,
  VirtualSwitch,
} from '@openstack-powervm/rest';
import { defaultSite, type Simulator, startSimulator } from '@openstack-powervm/simulator';
import { AgentRunner } from './agent-runner.js';
import type { PrivateNeutron } from './private-neutron.js';

const USER = { username: 'pvmadmin', password: 'pvmadmin-simulated' };

export interface Port {
  readonly id: string;
  readonly status: string;
  readonly mac_address: string;
  readonly 'binding:vif_type': string;
  readonly 'binding:vif_details': Record<string, unknown>;
}

/** What a network is made from; without VLAN it is flat. */
export interface NetworkPlan {
  readonly physicalNetwork?: string;
  readonly vlan?: number;
}

/** A simulated Power system with both agents, and what Nova's driver would do on it. */
export class PowerHost implements AsyncDisposable {
  readonly sea: AgentRunner;
  readonly sriov: AgentRunner;
  readonly #agentConfig: string;
  #switchHref = '';

  private constructor(
    readonly neutron: PrivateNeutron,
    readonly simulator: Simulator,
    readonly session: Session,
    readonly partitions: readonly string[],
    readonly name: string,
  ) {
    this.#agentConfig = join(dirname(neutron.configFile), `${name}.conf`);
    const configFiles = [neutron.configFile, this.#agentConfig];
    this.sea = AgentRunner.of(seaAgent, configFiles);
    this.sriov = AgentRunner.of(sriovAgent, configFiles);
  }

  static async start(neutron: PrivateNeutron, name: string, partitions: number): Promise<PowerHost> {
    const sriovAdapters = [1, 2].map(() => ({ ports: [{ label: 'data' }, { label: 'data' }] }));
    const site = defaultSite({ partitions: { count: partitions }, sriovAdapters });
    const simulator = await startSimulator({ site });
    const credentials = { kind: 'password', ...USER } as const;
    const session = await Session.open({ endpoint: simulator.url, credentials });
    const all = await session.list(LogicalPartition);
    const clients = all.filter(({ value }) => !value.isManagementPartition).map(({ id }) => id);
    const host = new PowerHost(neutron, simulator, session, clients, name);
    await host.#prepare();
    for (const agent of [host.sea, host.sriov]) {
      agent.start();
      const alive = async () => (await host.agentState(agent))?.['alive'] === true;
      await host.until(`the ${agent.agentType} is alive`, alive);
    }
    return host;
  }

  /** What Neutron knows about an agent. */
  async agentState({ agentType }: AgentRunner): Promise<Record<string, unknown> | undefined> {
    const query = `agents?host=${this.name}&agent_type=${encodeURIComponent(agentType)}`;
    const { agents } = await this.neutron.api('GET', query);
    return Array.isArray(agents) ? agents[0] : undefined;
  }

  async createNetwork({ physicalNetwork = 'default', vlan }: NetworkPlan): Promise<string> {
    const network = {
      name: `net-${physicalNetwork}-${vlan ?? 'flat'}`,
      project_id: 'p',
      'provider:network_type': vlan === undefined ? 'flat' : 'vlan',
      'provider:physical_network': physicalNetwork,
      ...(vlan !== undefined && { 'provider:segmentation_id': vlan }),
    };
    const body = await this.neutron.api('POST', 'networks', { network });
    return idOf(body['network']);
  }

  /** A port bound to this host, as Nova makes it. */
  async createPort(networkId: string, more: Record<string, unknown> = {}): Promise<Port> {
    const port = {
      network_id: networkId,
      project_id: 'p',
      device_id: 'server',
      device_owner: 'compute:nova',
      'binding:host_id': this.name,
      ...more,
    };
    return portOf(await this.neutron.api('POST', 'ports', { port }));
  }

  async port(id: string): Promise<Port> {
    return portOf(await this.neutron.api('GET', `ports/${id}`));
  }

  /** Creates the port's adapter on a partition and says so with an event (VIF-11); returns the adapter. */
  async plug(port: Port, partition: number, vlan: number): Promise<string> {
    const adapter = await this.session.create(
      ClientNetworkAdapter,
      {
        useNextAvailableHighSlotID: true,
        macAddress: restMac(port),
        portVLANID: vlan,
        taggedVLANSupported: false,
        associatedVirtualSwitch: [this.#switchHref],
      },
      { parent: { type: LogicalPartition, id: this.partitions[partition] ?? '' } },
    );
    const href = `${this.session.endpoint}${adapter.path}`;
    await this.#announce('plug', port, href);
    return href;
  }

  async unplug(port: Port, partition: number, href: string): Promise<void> {
    const parent = { type: LogicalPartition, id: this.partitions[partition] ?? '' };
    await this.session.delete({ type: ClientNetworkAdapter, id: /[^/]+$/.exec(href)?.[0] ?? '', parent });
    await this.#announce('unplug', port, href);
  }

  /** Creates the port's virtual NIC, with one SR-IOV port behind it. */
  async plugVnic(port: Port, partition: number): Promise<string> {
    const vnic = await this.session.create(
      VirtualNICDedicated,
      {
        useNextAvailableHighSlotID: true,
        details: {
          portVLANID: Number(port['binding:vif_details']['vlan'] ?? 0),
          macAddress: restMac(port),
        },
        associatedBackingDevices: [{ virtualNICSRIOVBackingDevice: [await this.#backing()] }],
      },
      { parent: { type: LogicalPartition, id: this.partitions[partition] ?? '' } },
    );
    const href = `${this.session.endpoint}${vnic.path}`;
    await this.#announce('plug', port, href);
    return href;
  }

  async unplugVnic(port: Port, partition: number, href: string): Promise<void> {
    const parent = { type: LogicalPartition, id: this.partitions[partition] ?? '' };
    await this.session.delete({ type: VirtualNICDedicated, id: /[^/]+$/.exec(href)?.[0] ?? '', parent });
    await this.#announce('unplug', port, href);
  }

  /** Gives the ports of the second SR-IOV adapter another label, as an administrator would. */
  async relabel(label: string): Promise<void> {
    const [system] = await this.session.list(ManagedSystem);
    if (system === undefined) throw new Error('there is no system');
    await this.session.update(system, ({ associatedSystemIOConfiguration: io }) => {
      for (const port of io?.sriovAdapters.at(1)?.sriovAdapter?.ethernetPhysicalPorts ?? [])
        port.label = label;
    });
  }

  /** The VLANs that the shared Ethernet adapter serves now. */
  vlans(): readonly number[] {
    return this.simulator.inspect().systems[0]?.bridges[0]?.vlans ?? [];
  }

  /** Requests that sessions of this process have made so far. */
  requests(): number {
    const sessions = this.simulator.inspect().consoles[0]?.sessions ?? [];
    return sessions
      .filter(({ audit }) => audit.includes('sharedethernet'))
      .reduce((sum, one) => sum + one.requests, 0);
  }

  /** Waits until something holds; after a minute, or as long as said, it shows what the agent logged. */
  async until(what: string, holds: () => Promise<boolean> | boolean, limitSeconds = 60): Promise<void> {
    const end = performance.now() + limitSeconds * 1000;
    while (performance.now() < end) {
      if (await holds()) return;
      await sleep(200);
    }
    throw new Error(`it did not happen that ${what}; the agents’ logs:\n${this.#logs()}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.sea.stop();
    await this.sriov.stop();
    await this.session.close();
    await this.simulator.close();
  }

  async #prepare(): Promise<void> {
    const options = [
      // A call that was lost with the server that had taken it is repeated after this time: by default after the minute
      // that a test waits at most.
      ...['[DEFAULT]', `host = ${this.name}`, 'rpc_response_timeout = 20'],
      ...['[AGENT]', 'report_interval = 2', 'exception_interval = 1'],
      ...['bridge_mappings = default:ent5:vios1', '[powervm]', `rest_endpoint = ${this.simulator.url}`],
      ...[`rest_username = ${USER.username}`, `rest_password = ${USER.password}`, ''],
    ];
    await writeFile(this.#agentConfig, options.join('\n'));
    const [system] = await this.session.list(ManagedSystem);
    const parent = { type: ManagedSystem, id: system?.id ?? '' };
    const switches = await this.session.list(VirtualSwitch, { parent });
    const found = switches.find(({ value }) => value.switchName === 'ETHERNET0');
    this.#switchHref = `${this.session.endpoint}${found?.path ?? ''}`;
  }

  async #backing() {
    const [vios] = await this.session.list(VirtualIOServer);
    return {
      associatedVirtualIOServer: `${this.session.endpoint}${vios?.path.split('?')[0] ?? ''}`,
      relatedSRIOVAdapterID: 1,
      relatedSRIOVPhysicalPortID: 0,
    };
  }

  async #announce(action: string, port: Port, href: string): Promise<void> {
    const type = port['binding:vif_type'];
    const detail = JSON.stringify({ provider: 'NOVA_PVM_VIF', action, mac: restMac(port), type });
    await this.session.inject({ data: href, detail });
  }

  #logs(): string {
    return [...this.sea.log.slice(-40), ...this.sriov.log.slice(-40)].join('\n');
  }
}

function restMac({ mac_address: mac }: Port): string {
  return mac.replaceAll(':', '').toUpperCase();
}

function idOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : '';
}

function portOf(body: Record<string, unknown>): Port {
  const { port } = body;
  if (typeof port !== 'object' || port === null) throw new Error('the answer holds no port');
  // The fields of a port are those of the Networking API.
  return port as Port;
}
