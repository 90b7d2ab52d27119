import type { JsonObject } from '@openstack-powervm/oslo';
import type { PowerVMEvent, Session } from '@openstack-powervm/rest';
import { type Log, textOfError } from '../log.js';
import type { Caller } from '../neutron/caller.js';
import { StateReporter } from '../neutron/state-reporter.js';
import { pause, Serial } from '../waiting.js';
import { EventFollower } from './event-follower.js';
import type { AgentIdentity } from './identity.js';
import type { AgentOptions } from './options.js';
import type { PlugQueue } from './plug-queue.js';
import type { PlugRequest, PortRequest } from './plug-request.js';

/** How long the first healing waits for the event stream, in ms. */
const SUBSCRIBE_LIMIT_MS = 10_000;

/** What an agent does about ports. */
export interface AgentWork {
  /** Carries out requests; returns those to try again later. */
  handle(requests: readonly PortRequest[], signal: AbortSignal): Promise<PortRequest[]>;
  /** Compares the whole system with what Neutron wants; returns a request for each interface that it went by. */
  heal(signal: AbortSignal): Promise<PlugRequest[]>;
  /** A request for each interface of the system. */
  everyPort(signal: AbortSignal): Promise<PlugRequest[]>;
  /** Hears of events of the platform that are no requests. */
  onEvent(event: PowerVMEvent, signal: AbortSignal): void;
  /** What the mechanism driver and operators read, as it is now (AGT-3). */
  configurations(): JsonObject;
}

/** What an agent is made of, whichever it is. */
export interface AgentParts<O extends AgentOptions> {
  readonly session: Session;
  readonly rpc: Caller;
  readonly options: O;
  readonly log: Log;
}

export interface AgentLoopOptions extends AgentParts<AgentOptions> {
  readonly identity: AgentIdentity;
  readonly queue: PlugQueue;
  readonly work: AgentWork;
}

/**
 * The activities of an agent, side by side: state reports, events, requests, healing. Events of the platform drive
 * it; healing at intervals is the safety net.
 */
export class AgentLoop {
  readonly #options: AgentLoopOptions;
  readonly #reporter: StateReporter;
  readonly #refetches = new Serial();
  #refetchWaits = false;
  #signal: AbortSignal = AbortSignal.abort();

  constructor(options: AgentLoopOptions) {
    this.#options = options;
    this.#reporter = this.#makeReporter();
  }

  /** Runs until the signal aborts. It does not give up: whatever fails is logged and tried again (AGT-6). */
  async run(signal: AbortSignal): Promise<void> {
    this.#signal = signal;
    const { session, identity, queue, work } = this.#options;
    const follower = new EventFollower({
      session,
      queue,
      vifType: identity.vifType,
      refetch: () => this.#refetch(),
      onEvent: (event) => work.onEvent(event, signal),
    });
    await Promise.all([
      this.#reporter.run(signal),
      this.#untilStopped('following events', () => follower.follow(signal)),
      this.#untilStopped('carrying out requests', () => this.#takeRequests()),
      this.#healAtIntervals(follower),
    ]);
  }

  /** Reports the state at once, because it has changed. */
  reportNow(): void {
    this.#reporter.reportNow();
  }

  /**
   * Asks for every port again, once for all who want it meanwhile: events or messages may have been missed (EVR-1), or
   * Neutron had given this agent up and may have missed what it said.
   */
  resynchronise(): void {
    if (this.#refetchWaits || this.#signal.aborted) return;
    this.#refetchWaits = true;
    this.#refetch().catch((error: unknown) => this.#failed('asking for all ports again', error));
  }

  /** AGT-3; the mappings are what makes Neutron bind ports to this host (L-134). */
  #makeReporter(): StateReporter {
    const { rpc, options, log, identity, work } = this.#options;
    return new StateReporter({
      rpc,
      log,
      identity: { agentType: identity.agentType, binary: identity.binary, host: options.host },
      configurations: () => work.configurations(),
      intervalMs: options.reportIntervalMs,
      firstRetryMs: options.exceptionIntervalMs,
      onRevived: () => this.resynchronise(),
    });
  }

  #refetch(): Promise<void> {
    const { queue, work } = this.#options;
    return this.#refetches.run(() => {
      this.#refetchWaits = false;
      return queue.during(async () => {
        const requests = await work.everyPort(this.#signal);
        queue.replacePlugs(requests);
        return requests;
      });
    });
  }

  /** The first pass waits until events are queued, so that nothing falls between the two; but not for ever. */
  async #healAtIntervals(follower: EventFollower): Promise<void> {
    const signal = this.#signal;
    await Promise.race([follower.subscribed, pause(SUBSCRIBE_LIMIT_MS, signal).catch(() => {})]);
    await this.#untilStopped('healing', async () => {
      const { queue, work } = this.#options;
      await queue.during(() => work.heal(signal));
      await pause(this.#options.options.healIntervalMs, signal);
    });
  }

  async #takeRequests(): Promise<void> {
    const { queue, work } = this.#options;
    await queue.notEmpty(this.#signal);
    const requests = queue.takeAll();
    let again: readonly PortRequest[] = requests;
    try {
      await queue.during(async () => {
        again = await work.handle(requests, this.#signal);
        return requests;
      });
    } finally {
      if (again.length > 0 && !this.#signal.aborted) this.#later(again);
    }
  }

  /** Tries requests again after a while, without holding up those that come meanwhile. */
  #later(requests: readonly PortRequest[]): void {
    const { queue, options } = this.#options;
    pause(options.exceptionIntervalMs, this.#signal).then(
      () => queue.addOlder(requests),
      () => {},
    );
  }

  /** Repeats one activity; an error is logged and followed by a pause, without limit (AGT-6). */
  async #untilStopped(what: string, once: () => Promise<void>): Promise<void> {
    while (!this.#signal.aborted) {
      try {
        await once();
      } catch (error) {
        this.#failed(what, error);
        await pause(this.#options.options.exceptionIntervalMs, this.#signal).catch(() => {});
      }
    }
  }

  #failed(what: string, error: unknown): void {
    if (this.#signal.aborted) return;
    this.#options.log.error(`${what} failed and is tried again`, { reason: textOfError(error) });
  }
}
