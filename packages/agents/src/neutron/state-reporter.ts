import { randomUUID } from 'node:crypto';
import { type JsonObject, pythonTimestamp } from '@openstack-powervm/oslo';
import { type Log, textOfError } from '../log.js';
import { pause } from '../waiting.js';
import type { Caller } from './caller.js';

export interface StateReporterOptions {
  readonly rpc: Caller;
  readonly log: Log;
  /** `binary`, `agent_type` … */
  readonly identity: { readonly binary: string; readonly agentType: string; readonly host: string };
  /** What the mechanism driver and operators read, as it is now. */
  readonly configurations: () => JsonObject;
  readonly intervalMs: number;
  /** Between failed reports as long as none has succeeded, in ms. */
  readonly firstRetryMs: number;
  /** Neutron had given this agent up for dead and may have missed what happened meanwhile. */
  readonly onRevived: () => void;
}

/**
 * Tells neutron-server that the agent is alive (AGT-3). Without reports of a live agent, ports of this host cannot
 * be bound. Failures are logged once, and when reports get through again.
 */
export class StateReporter {
  readonly #options: StateReporterOptions;
  readonly #uuid = randomUUID();
  #started = false;
  #failing = false;
  #wake = new AbortController();

  constructor(options: StateReporterOptions) {
    this.#options = options;
  }

  /** Reports until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { intervalMs, firstRetryMs } = this.#options;
    while (!signal.aborted) {
      this.#wake = new AbortController();
      await this.#report(signal);
      const until = AbortSignal.any([signal, this.#wake.signal]);
      await pause(this.#started ? intervalMs : Math.min(firstRetryMs, intervalMs), until).catch(() => {});
    }
  }

  /** Does not wait for the next interval: the state has changed. */
  reportNow(): void {
    this.#wake.abort();
  }

  async #report(signal: AbortSignal): Promise<void> {
    const { rpc, log, identity, configurations, intervalMs, onRevived } = this.#options;
    const state = {
      binary: identity.binary,
      host: identity.host,
      topic: 'N/A',
      configurations: configurations(),
      agent_type: identity.agentType,
      uuid: this.#uuid,
      // Only until a report has got through: it makes Neutron take the agent for a new one.
      ...(!this.#started && { start_flag: true }),
    };
    const args = { agent_state: { agent_state: state }, time: pythonTimestamp(new Date(), 'T') };
    try {
      const options = { version: '1.2', timeoutMs: intervalMs, signal, mandatory: true };
      const status = await rpc.call('q-reports-plugin', 'report_state', args, options);
      if (!this.#started || this.#failing)
        log.info('neutron-server knows that the agent is alive', { status });
      this.#started = true;
      this.#failing = false;
      if (status === 'revived') onRevived();
    } catch (error) {
      if (signal.aborted) return;
      if (!this.#failing) log.warn('the agent could not report its state', { reason: textOfError(error) });
      this.#failing = true;
    }
  }
}
