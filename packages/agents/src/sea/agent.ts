import { AgentLoop, type AgentParts } from '../agent/agent-loop.js';
import type { AgentIdentity } from '../agent/identity.js';
import { PlugQueue } from '../agent/plug-queue.js';
import { PortStatus } from '../agent/port-status.js';
import { PORT_UPDATE_TOPIC, portUpdateEndpoint } from '../agent/port-updates.js';
import type { AgentKind, ServedTopic } from '../agent/run.js';
import { onlySystem, viosesReady } from '../agent/system.js';
import { WiredPorts } from '../agent/wired-ports.js';
import { AgentError } from '../errors.js';
import { textOfError } from '../log.js';
import { NeutronPlugin } from '../neutron/plugin.js';
import { BridgeEditor } from '../vlan/bridge-editor.js';
import { parseBridgeMappings, type ResolvedMappings, resolveMappings } from './bridge-mappings.js';
import type { BridgedPort } from './bridged-ports.js';
import { Healer } from './healer.js';
import { KnownNetworks } from './known-networks.js';
import { NETWORK_DELETE_TOPIC, networkDeleteEndpoint } from './network-deletions.js';
import { readSeaAgentOptions, type SeaAgentOptions } from './options.js';
import { Provisioner } from './provisioner.js';

/** How the agent is known to Neutron (AGT-1). */
export const SEA_AGENT: AgentIdentity = {
  agentType: 'PowerVM Shared Ethernet agent',
  binary: 'networking-powervm-sharedethernet-agent',
  agentId: (host) => `sea-agent-${host}`,
  vifType: 'pvm_sea',
};

/** How long the VLAN of a port that was bound but not plugged yet is kept, in ms. */
const BINDING_GRACE_MS = 3_600_000;

/**
 * The shared Ethernet agent of one host: brings the VLANs of Neutron's ports to the system's network bridges and
 * tells Neutron when a port is wired. Stopping it leaves the bridges and the ports as they are.
 */
export class SeaAgent {
  readonly served: readonly ServedTopic[];
  readonly #parts: AgentParts<SeaAgentOptions>;
  readonly #ports = new WiredPorts<BridgedPort>();
  readonly #networks = new KnownNetworks(BINDING_GRACE_MS);
  readonly #queue = new PlugQueue();
  #networkDeleted: (networkId: string) => void = () => {};
  #resynchronise: () => void = () => {};

  constructor(parts: AgentParts<SeaAgentOptions>) {
    this.#parts = parts;
    const portUpdates = portUpdateEndpoint({
      host: parts.options.host,
      ports: this.#ports,
      queue: this.#queue,
      log: parts.log,
      onUpdate: ({ networkId, physicalNetwork, vlan }) => {
        if (typeof networkId === 'string' && typeof physicalNetwork === 'string' && typeof vlan === 'number')
          this.#networks.bound({ physicalNetwork, vlan }, networkId);
      },
    });
    this.served = [
      { topic: PORT_UPDATE_TOPIC, endpoint: portUpdates },
      { topic: NETWORK_DELETE_TOPIC, endpoint: networkDeleteEndpoint((id) => this.#networkDeleted(id)) },
    ];
  }

  resynchronise(): void {
    this.#resynchronise();
  }

  /**
   * Runs until the signal aborts.
   *
   * @throws AgentError, PowerVMError when the agent cannot start (AGT-2)
   */
  async run(signal: AbortSignal): Promise<void> {
    const { session, rpc, options, log } = this.#parts;
    if (session.traits.virtualNetworks)
      throw new AgentError(
        'AGENT_SYSTEM',
        `${session.endpoint} is an HMC; the agent works with a NovaLink only`,
      );
    const system = await onlySystem(session, signal);
    await viosesReady(session, system, signal);
    const editor = new BridgeEditor({ session, system, spread: options.spread, log });
    const mappings = await this.#mappings(editor, signal);
    const agentId = SEA_AGENT.agentId(options.host);
    const neutron = new NeutronPlugin({ rpc, agentId, host: options.host });
    const status = new PortStatus({ neutron, ports: this.#ports, log });
    const provisioner = new Provisioner({
      ...{ status, editor, mappings, log },
      ...{ ports: this.#ports, networks: this.#networks },
    });
    const healer = new Healer({
      ...{ provisioner, editor, mappings, log },
      ...{ ports: this.#ports, networks: this.#networks, queue: this.#queue },
      inventory: { session, system, excludedSwitches: options.excludedSwitches },
      cleanup: options.cleanup,
    });
    log.info('started', { agent: agentId, system });
    const loop = new AgentLoop({
      ...this.#parts,
      identity: SEA_AGENT,
      queue: this.#queue,
      work: {
        handle: (requests, during) => provisioner.handle(requests, during),
        heal: (during) => healer.heal(during),
        everyPort: (during) => healer.everyPort(during),
        onEvent: () => {},
        configurations: () => ({
          bridge_mappings: Object.fromEntries([...mappings].map(([name, to]) => [name, to.name])),
          devices: this.#ports.count,
        }),
      },
    });
    this.#resynchronise = () => loop.resynchronise();
    this.#networkDeleted = (id) => {
      healer.networkDeleted(id, signal).catch((error: unknown) => {
        if (signal.aborted) return;
        log.warn('the VLAN of a deleted network stays until the next healing', {
          ...{ network: id, reason: textOfError(error) },
        });
      });
    };
    await loop.run(signal);
  }

  /** SEAA-1 to SEAA-3. */
  async #mappings(editor: BridgeEditor, signal: AbortSignal): Promise<ResolvedMappings> {
    const { options, log } = this.#parts;
    const wanted = parseBridgeMappings(options.bridgeMappings);
    const mappings = resolveMappings(wanted, await editor.bridges(signal));
    if (wanted.length === 0)
      log.warn(
        'bridge_mappings in [AGENT] is empty: the only network bridge serves physical network default',
      );
    log.info(
      'serving physical networks',
      Object.fromEntries([...mappings].map(([name, to]) => [name, to.name])),
    );
    return mappings;
  }
}

/** The agent as a program. */
export const seaAgent: AgentKind<SeaAgentOptions> = {
  identity: SEA_AGENT,
  readOptions: readSeaAgentOptions,
  create: (parts) => new SeaAgent(parts),
};
