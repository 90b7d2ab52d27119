import { AgentLoop, type AgentParts } from '../agent/agent-loop.js';
import type { AgentIdentity } from '../agent/identity.js';
import { PlugQueue } from '../agent/plug-queue.js';
import { PortStatus } from '../agent/port-status.js';
import { PORT_UPDATE_TOPIC, portUpdateEndpoint } from '../agent/port-updates.js';
import type { AgentKind, ServedTopic } from '../agent/run.js';
import { onlySystem, viosesReady } from '../agent/system.js';
import { WiredPorts } from '../agent/wired-ports.js';
import { NeutronPlugin } from '../neutron/plugin.js';
import { readSriovAgentOptions, type SriovAgentOptions } from './options.js';
import { PhysicalPorts } from './physical-ports.js';
import { SriovWork } from './work.js';

/** How the agent is known to Neutron (AGT-1). */
export const SRIOV_AGENT: AgentIdentity = {
  agentType: 'PowerVM SR-IOV Ethernet agent',
  binary: 'networking-powervm-sriov-agent',
  agentId: (host) => `sriov-agent-${host}`,
  vifType: 'pvm_sriov',
};

/**
 * The SR-IOV agent of one host: tells Neutron which physical networks the system's SR-IOV ports lead to, and when a
 * port's virtual NIC is there. It changes nothing on the system.
 */
export class SriovAgent {
  readonly served: readonly ServedTopic[];
  readonly #parts: AgentParts<SriovAgentOptions>;
  readonly #ports = new WiredPorts();
  readonly #queue = new PlugQueue();
  #portUpdated: () => void = () => {};
  #resynchronise: () => void = () => {};

  constructor(parts: AgentParts<SriovAgentOptions>) {
    this.#parts = parts;
    const endpoint = portUpdateEndpoint({
      host: parts.options.host,
      ports: this.#ports,
      queue: this.#queue,
      log: parts.log,
      onUpdate: () => this.#portUpdated(),
    });
    this.served = [{ topic: PORT_UPDATE_TOPIC, endpoint }];
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
    const system = await onlySystem(session, signal);
    await viosesReady(session, system, signal);
    const physicalPorts = await PhysicalPorts.read(session, system, signal);
    const agentId = SRIOV_AGENT.agentId(options.host);
    const neutron = new NeutronPlugin({ rpc, agentId, host: options.host });
    const work = new SriovWork({
      ...{ session, system, physicalPorts, options, log },
      ...{ ports: this.#ports, queue: this.#queue },
      status: new PortStatus({ neutron, ports: this.#ports, log }),
      onMappingChanged: () => loop.reportNow(),
    });
    const loop = new AgentLoop({ ...this.#parts, identity: SRIOV_AGENT, queue: this.#queue, work });
    this.#portUpdated = () => work.refreshSoon(signal);
    this.#resynchronise = () => loop.resynchronise();
    log.info('started', { agent: agentId, system });
    log.info('SR-IOV ports by physical network', physicalPorts.mapping);
    await loop.run(signal);
  }
}

/** The agent as a program. */
export const sriovAgent: AgentKind<SriovAgentOptions> = {
  identity: SRIOV_AGENT,
  readOptions: readSriovAgentOptions,
  create: (parts) => new SriovAgent(parts),
};
