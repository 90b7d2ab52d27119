import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PrivateNeutron } from '../neutron/private-neutron.js';
import { startGroup, stopGroup } from '../processes/group.js';
import type { Namespace } from './namespace.js';
import type { PrivateOpenVSwitch } from './private-open-vswitch.js';

const AGENT = '/usr/bin/neutron-openvswitch-agent';

/** Why Neutron's agent cannot be run here, or undefined. */
export const missingAgent: string | undefined = ['/usr/bin/neutron-openvswitch-agent', '/usr/sbin/conntrack']
  .map((file) => (existsSync(file) ? undefined : `no ${file}`))
  .find((text) => text !== undefined);

export interface StockAgentOptions {
  /** Name of its host in Neutron. */
  readonly host: string;
  readonly space: Namespace;
  readonly ovs: PrivateOpenVSwitch;
  /** Address of its end of VXLAN tunnels, which the namespace has. */
  readonly localAddress: string;
  /** `physical network:bridge`. */
  readonly bridgeMappings: string;
}

/** Neutron's own agent for Open vSwitch, in a namespace. */
export class StockAgent implements AsyncDisposable {
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(folder: string, process: ChildProcess) {
    this.#folder = folder;
    this.#process = process;
  }

  static async start(neutron: PrivateNeutron, options: StockAgentOptions): Promise<StockAgent> {
    const folder = await mkdtemp(join(tmpdir(), 'stock-agent-'));
    const file = join(folder, 'agent.conf');
    await writeFile(file, configuration(folder, options));
    const args = ['--config-file', neutron.configFile, '--config-file', file];
    const [command, inside] = options.space.command(AGENT, args);
    const log = openSync(join(folder, 'agent.out'), 'a');
    // The agent lays the rules of its firewall with `ovs-ofctl`.
    const env = options.ovs.environment;
    const process = startGroup(command, inside, { stdio: ['ignore', log, log], env });
    closeSync(log);
    return new StockAgent(folder, process);
  }

  /** The end of what it has logged. */
  async log(): Promise<string> {
    return (await readFile(join(this.#folder, 'agent.out'), 'utf8')).slice(-20_000);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await stopGroup(this.#process);
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** There is no kernel module on the machines of the tests: the data path is a program's. */
function configuration(folder: string, options: StockAgentOptions): string {
  return `
[DEFAULT]
host = ${options.host}
state_path = ${folder}/state
[AGENT]
root_helper = env
report_interval = 2
tunnel_types = vxlan
[OVS]
ovsdb_connection = ${options.ovs.database}
datapath_type = netdev
local_ip = ${options.localAddress}
bridge_mappings = ${options.bridgeMappings}
[SECURITYGROUP]
firewall_driver = openvswitch
[oslo_concurrency]
lock_path = ${folder}/lock
`;
}
