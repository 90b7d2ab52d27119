import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Log, runAgent, seaAgent } from '@openstack-powervm/agents';
import {
  ClientNetworkAdapter,
  LogicalPartition,
  ManagedSystem,
  Session,
  VirtualSwitch,
} from '@openstack-powervm/rest';
import { defaultSite, type Simulator, startSimulator } from '@openstack-powervm/simulator';
import type { PrivateNeutron } from './private-neutron.js';

const USER = { username: 'pvmadmin', password: 'pvmadmin-simulated' };

export interface Port {
  readonly id: string;
  readonly status: string;
  readonly mac_address: string;
  readonly 'binding:vif_type': string;
  readonly 'binding:vif_details': Record<string, unknown>;
}

/** A simulated Power system with a shared Ethernet agent, and what Nova's driver would do on it. */
export class PowerHost implements AsyncDisposable {
  readonly log: string[] = [];
  readonly #agentConfig: string;
  #agent: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined;
  #switchHref = '';

  private constructor(
    readonly neutron: PrivateNeutron,
    readonly simulator: Simulator,
    readonly session: Session,
    readonly partitions: readonly string[],
    readonly name: string,
  ) {
    this.#agentConfig = join(dirname(neutron.configFile), `${name}.conf`);
  }

  static async start(neutron: PrivateNeutron, name: string, partitions: number): Promise<PowerHost> {
    const simulator = await startSimulator({ site: defaultSite({ partitions: { count: partitions } }) });
    const credentials = { kind: 'password', ...USER } as const;
    const session = await Session.open({ endpoint: simulator.url, credentials });
    const all = await session.list(LogicalPartition);
    const clients = all.filter(({ value }) => !value.isManagementPartition).map(({ id }) => id);
    const host = new PowerHost(neutron, simulator, session, clients, name);
    await host.#prepare();
    host.startAgent();
    await host.until('the agent is alive', async () => (await host.agentState())?.['alive'] === true);
    return host;
  }

  startAgent(): void {
    const stop = new AbortController();
    const configFiles = [this.neutron.configFile, this.#agentConfig];
    const ended = runAgent(seaAgent, { configFiles, log: this.#logger(), signal: stop.signal });
    ended.catch((error: unknown) => this.log.push(`error the agent ended: ${error}`));
    this.#agent = { stop, ended };
  }

  async stopAgent(): Promise<void> {
    this.#agent?.stop.abort();
    await this.#agent?.ended.catch(() => {});
    this.#agent = undefined;
  }

  /** What Neutron knows about the agent. */
  async agentState(): Promise<Record<string, unknown> | undefined> {
    const { agents } = await this.neutron.api('GET', `agents?host=${this.name}`);
    return Array.isArray(agents) ? agents[0] : undefined;
  }

  async createNetwork(vlan: number): Promise<string> {
    const network = {
      name: `net-${vlan}`,
      project_id: 'p',
      'provider:network_type': 'vlan',
      'provider:physical_network': 'default',
      'provider:segmentation_id': vlan,
    };
    const body = await this.neutron.api('POST', 'networks', { network });
    return idOf(body['network']);
  }

  /** A port bound to this host, as Nova makes it. */
  async createPort(networkId: string): Promise<Port> {
    const port = {
      network_id: networkId,
      project_id: 'p',
      device_id: 'server',
      device_owner: 'compute:nova',
      'binding:host_id': this.name,
    };
    return portOf(await this.neutron.api('POST', 'ports', { port }));
  }

  async port(id: string): Promise<Port> {
    return portOf(await this.neutron.api('GET', `ports/${id}`));
  }

  /** Creates the port's adapter on a partition and says so with an event (VIF-11); returns the adapter. */
  async plug(port: Port, partition: number, vlan: number): Promise<string> {
    const mac = port.mac_address.replaceAll(':', '').toUpperCase();
    const adapter = await this.session.create(
      ClientNetworkAdapter,
      {
        useNextAvailableHighSlotID: true,
        macAddress: mac,
        portVLANID: vlan,
        taggedVLANSupported: false,
        associatedVirtualSwitch: [this.#switchHref],
      },
      { parent: { type: LogicalPartition, id: this.partitions[partition] ?? '' } },
    );
    const href = `${this.session.endpoint}${adapter.path}`;
    await this.#announce('plug', mac, href);
    return href;
  }

  async unplug(port: Port, partition: number, href: string): Promise<void> {
    const parent = { type: LogicalPartition, id: this.partitions[partition] ?? '' };
    await this.session.delete({ type: ClientNetworkAdapter, id: /[^/]+$/.exec(href)?.[0] ?? '', parent });
    await this.#announce('unplug', port.mac_address.replaceAll(':', '').toUpperCase(), href);
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
    throw new Error(`it did not happen that ${what}; the agent’s log:\n${this.log.slice(-40).join('\n')}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stopAgent();
    await this.session.close();
    await this.simulator.close();
  }

  async #prepare(): Promise<void> {
    const options = [
      ...['[DEFAULT]', `host = ${this.name}`, '[AGENT]', 'report_interval = 2', 'exception_interval = 1'],
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

  async #announce(action: string, mac: string, href: string): Promise<void> {
    const detail = JSON.stringify({ provider: 'NOVA_PVM_VIF', action, mac, type: 'pvm_sea' });
    await this.session.inject({ data: href, detail });
  }

  #logger(): Log {
    const add = (level: string) => (message: string, fields: unknown) => {
      if (level !== 'debug') this.log.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`);
    };
    return { debug: add('debug'), info: add('info'), warn: add('warn'), error: add('error') };
  }
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
