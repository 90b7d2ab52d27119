import { z } from 'zod';
import type { Deployment } from '../deployment/deployment.js';
import { readRecord } from '../process/record.js';
import { assertNoneEnded, logOf } from '../services/health.js';
import type { Cloud } from './client.js';
import { isOfThisRun } from './heartbeat.js';
import { waitFor } from './waiting.js';

/** How long a started compute host may take to be known everywhere, milliseconds. */
const limitMs = 90_000;

/** Our agents in Neutron: the service that each is, and its type. */
const agents = [
  { service: 'sea-agent', type: 'PowerVM Shared Ethernet agent' },
  { service: 'sriov-agent', type: 'PowerVM SR-IOV Ethernet agent' },
] as const;

const serviceList = z.object({
  services: z.array(
    z.object({ binary: z.string(), host: z.string(), state: z.string(), updated_at: z.string().nullable() }),
  ),
});
type NovaService = z.infer<typeof serviceList>['services'][number];
const agentList = z.object({
  agents: z.array(
    z.object({
      agent_type: z.string(),
      host: z.string(),
      alive: z.boolean(),
      heartbeat_timestamp: z.string(),
    }),
  ),
});
const hypervisorList = z.object({
  hypervisors: z.array(z.object({ id: z.string(), hypervisor_hostname: z.string(), state: z.string() })),
});

async function startOf(deployment: Deployment, service: string): Promise<number> {
  return (await readRecord(deployment.paths, service))?.startedAt ?? 0;
}

/** Waits until Nova's services report themselves up and one hypervisor is known; gives its name. */
export async function waitForHypervisor(
  deployment: Deployment,
  cloud: Cloud,
  signal: AbortSignal,
): Promise<string> {
  const startedAt = await startOf(deployment, 'nova-compute');
  // One that was never updated has just been created.
  const isUp = ({ binary, state, updated_at: stamp }: NovaService) =>
    binary === 'nova-compute' && state === 'up' && (stamp === null || isOfThisRun(stamp, startedAt));
  const ask = async () => {
    await assertNoneEnded(deployment);
    const { services } = await cloud.ask('nova', '/os-services', serviceList, { signal });
    if (!services.some(isUp)) return undefined;
    // Listed only once the scheduler has mapped the host to its cell. (The detailed list would ask the
    // compute host as well, and wait for a whole minute when it is not there yet.)
    const { hypervisors } = await cloud.ask('nova', '/os-hypervisors', hypervisorList, { signal });
    return hypervisors.find(({ state }) => state === 'up')?.hypervisor_hostname;
  };
  const what = 'a compute host with a hypervisor in Nova';
  return waitFor(ask, { what, limitMs, signal, onTimeout: () => logOf(deployment, 'nova-compute') });
}

/** Waits until Neutron counts the host's agents as alive: ports bind only then. */
export async function waitForAgents(
  deployment: Deployment,
  cloud: Cloud,
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(agents.map((agent) => waitForAgent(deployment, cloud, agent, signal)));
}

async function waitForAgent(
  deployment: Deployment,
  cloud: Cloud,
  { service, type }: (typeof agents)[number],
  signal: AbortSignal,
): Promise<void> {
  const startedAt = await startOf(deployment, service);
  const query = `/agents?host=${deployment.host}`;
  const ask = async () => {
    await assertNoneEnded(deployment);
    const { agents: known } = await cloud.ask('neutron', query, agentList, { signal });
    return known.find(
      (agent) =>
        agent.agent_type === type && agent.alive && isOfThisRun(agent.heartbeat_timestamp, startedAt),
    );
  };
  const what = `a living "${type}" in Neutron`;
  await waitFor(ask, { what, limitMs, signal, onTimeout: () => logOf(deployment, service) });
}
