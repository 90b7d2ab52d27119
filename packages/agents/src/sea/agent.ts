import type { Endpoint } from '@openstack-powervm/oslo';
import type { Session } from '@openstack-powervm/rest';
import { AgentError } from '../errors.js';
import { type Log, textOfError } from '../log.js';
import type { Caller } from '../neutron/caller.js';
import { NeutronPlugin } from '../neutron/plugin.js';
import { StateReporter } from '../neutron/state-reporter.js';
import { BridgeEditor } from '../vlan/bridge-editor.js';
import { pause } from '../waiting.js';
import { parseBridgeMappings, type ResolvedMappings, resolveMappings } from './bridge-mappings.js';
import { EventFollower } from './event-follower.js';
import { Healer } from './healer.js';
import type { SeaAgentOptions } from './options.js';
import { PlugQueue, type PlugRequest } from './plug-request.js';
import { portUpdateEndpoint } from './port-updates.js';
import { Provisioner } from './provisioner.js';
import { RecentBindings } from './recent-bindings.js';
import { onlySystem, viosesReady } from './system.js';
import { WiredPorts } from './wired-ports.js';

/** How the agent is known to Neutron (AGT-1). */
export const SEA_AGENT = {
  agentType: 'PowerVM Shared Ethernet agent',
  binary: 'networking-powervm-sharedethernet-agent',
  agentId: (host: string): string => `sea-agent-${host}`,
  vifType: 'pvm_sea',
};

/** How long the VLAN of a port that was bound but not plugged yet is kept, in ms. */
const BINDING_GRACE_MS = 3_600_000;
/** How long the first healing waits for the event stream, in ms. */
const SUBSCRIBE_LIMIT_MS = 10_000;

export interface SeaAgentParts {
  readonly session: Session;
  readonly rpc: Caller;
  readonly options: SeaAgentOptions;
  readonly log: Log;
}

/**
 * The shared Ethernet agent of one host: brings the VLANs of Neutron's ports to the system's network bridges and
 * tells Neutron when a port is wired. Events of the platform drive it; healing at intervals is the safety net.
 * Stopping it leaves the bridges and the ports as they are.
 */
export class SeaAgent {
  /** To be served under `PORT_UPDATE_TOPIC`. */
  readonly endpoint: Endpoint;
  readonly #parts: SeaAgentParts;
  readonly #ports = new WiredPorts();
  readonly #recent = new RecentBindings(BINDING_GRACE_MS);
  readonly #queue = new PlugQueue();

  constructor(parts: SeaAgentParts) {
    this.#parts = parts;
    const { options, log } = parts;
    const { host } = options;
    this.endpoint = portUpdateEndpoint({
      host,
      ports: this.#ports,
      recent: this.#recent,
      queue: this.#queue,
      log,
    });
  }

  /**
   * Runs until the signal aborts. Once started it does not give up: whatever fails is logged and tried again (AGT-6).
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
    const provisioner = new Provisioner({ neutron, editor, mappings, ports: this.#ports, log });
    const healer = new Healer({
      ...{ provisioner, editor, mappings, log },
      ...{ ports: this.#ports, recent: this.#recent, queue: this.#queue },
      inventory: { session, system, excludedSwitches: options.excludedSwitches },
      cleanup: options.cleanup,
    });
    const follower = new EventFollower({
      session,
      vifType: SEA_AGENT.vifType,
      queue: this.#queue,
      refetch: (during) => healer.refetch(during),
    });
    log.info('started', { agent: agentId, system });
    await Promise.all([
      this.#reporter(mappings, healer, signal).run(signal),
      this.#untilStopped('following events', signal, () => follower.follow(signal)),
      this.#untilStopped('provisioning ports', signal, () => this.#provision(provisioner, signal)),
      this.#healAtIntervals(healer, follower, signal),
    ]);
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

  /** AGT-3; the mappings are what makes Neutron bind ports to this host (L-134). */
  #reporter(mappings: ResolvedMappings, healer: Healer, signal: AbortSignal): StateReporter {
    const { rpc, options, log } = this.#parts;
    const { agentType, binary } = SEA_AGENT;
    return new StateReporter({
      rpc,
      log,
      identity: { agentType, binary, host: options.host },
      configurations: () => ({
        bridge_mappings: Object.fromEntries([...mappings].map(([name, to]) => [name, to.name])),
        devices: this.#ports.count,
      }),
      intervalMs: options.reportIntervalMs,
      firstRetryMs: options.exceptionIntervalMs,
      onRevived: () => {
        healer
          .refetch(signal)
          .catch((error: unknown) => this.#failed('asking for all ports again', error, signal));
      },
    });
  }

  /** The first pass waits until events are queued, so that nothing falls between the two; but not for ever. */
  async #healAtIntervals(healer: Healer, follower: EventFollower, signal: AbortSignal): Promise<void> {
    await Promise.race([follower.subscribed, pause(SUBSCRIBE_LIMIT_MS, signal).catch(() => {})]);
    await this.#untilStopped('healing', signal, async () => {
      await healer.heal(signal);
      await pause(this.#parts.options.healIntervalMs, signal);
    });
  }

  async #provision(provisioner: Provisioner, signal: AbortSignal): Promise<void> {
    await this.#queue.notEmpty(signal);
    const requests = this.#queue.takeAll();
    let again: readonly PlugRequest[] = requests;
    try {
      again = await provisioner.handle(requests, signal);
    } finally {
      if (again.length > 0 && !signal.aborted) this.#later(again, signal);
    }
  }

  /** Tries requests again after a while, without holding up those that come meanwhile. */
  #later(requests: readonly PlugRequest[], signal: AbortSignal): void {
    const { exceptionIntervalMs } = this.#parts.options;
    pause(exceptionIntervalMs, signal).then(
      () => this.#queue.addOlder(requests),
      () => {},
    );
  }

  /** Repeats one activity; an error is logged and followed by a pause, without limit (AGT-6). */
  async #untilStopped(what: string, signal: AbortSignal, once: () => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      try {
        await once();
      } catch (error) {
        this.#failed(what, error, signal);
        await pause(this.#parts.options.exceptionIntervalMs, signal).catch(() => {});
      }
    }
  }

  #failed(what: string, error: unknown, signal: AbortSignal): void {
    if (!signal.aborted)
      this.#parts.log.error(`${what} failed and is tried again`, { reason: textOfError(error) });
  }
}
