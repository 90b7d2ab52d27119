import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '@openstack-powervm/oslo';
import type { AgentParts } from '../agent/agent-loop.js';
import type { AgentOptions } from '../agent/options.js';
import type { ServedTopic } from '../agent/run.js';
import { FakeNeutron } from './fake-neutron.js';
import { MemoryLog, PowerSystem } from './power-system.js';

export interface Start {
  readonly system?: Parameters<typeof PowerSystem.start>[0];
  /** What there is before the agent starts. */
  readonly before?: (system: PowerSystem, neutron: FakeNeutron) => Promise<void> | void;
  /** Wait for the first healing. */
  readonly healed?: boolean;
}

/** Intervals that let a test see retries and state reports, and no second healing. */
export const QUICK: AgentOptions = {
  host: 'host1',
  exceptionIntervalMs: 50,
  healIntervalMs: 3_600_000,
  reportIntervalMs: 50,
};

interface Runnable {
  readonly served: readonly ServedTopic[];
  resynchronise(): void;
  run(signal: AbortSignal): Promise<void>;
}

/** An agent at work on a simulated system. Dispose of it at the end. */
export async function startAgent<A extends Runnable>(
  create: (parts: Omit<AgentParts<AgentOptions>, 'options'>) => A,
  { system: changes, before, healed = true }: Start = {},
) {
  const system = await PowerSystem.start(changes);
  const neutron = new FakeNeutron();
  const log = new MemoryLog();
  await before?.(system, neutron);
  const agent = create({ session: system.session, rpc: neutron, log });
  const stop = new AbortController();
  const running = agent.run(stop.signal);
  running.catch(() => {});
  if (healed) await eventually(() => log.lines.some((line) => line.startsWith('info healed')), running, log);
  return {
    ...{ system, neutron, log, agent },
    /** What neutron-server says to agents when something has changed: `port_update`, `network_delete`. */
    notify(method: string, args: JsonObject): void {
      const served = agent.served.find(({ endpoint }) => method in endpoint.methods);
      served?.endpoint.methods[method]?.(args, { method, context: {}, signal: stop.signal });
    },
    until: (holds: () => boolean) => eventually(holds, running, log),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running.catch(() => {});
      await system[Symbol.asyncDispose]();
    },
  };
}

/** Waits until something holds; what the agent fails with ends the wait. */
async function eventually(holds: () => boolean, running: Promise<unknown>, log: MemoryLog): Promise<void> {
  for (let tries = 0; tries < 2000; tries += 1) {
    if (holds()) return;
    await Promise.race([sleep(5), running.then(() => Promise.reject(new Error('the agent has ended')))]);
  }
  assert.fail(`it did not happen; the agent’s log:\n${log.lines.join('\n')}`);
}
