import { z } from 'zod';
import type { Deployment } from '../deployment/deployment.js';
import { DeployError } from '../steps/failure.js';
import type { Cloud } from './client.js';
import { hasPartition } from './power-system.js';
import { waitFor } from './waiting.js';

/** Name of the server that `npm start` boots. */
export const serverName = 'first-partition';

/** How long a server may take to become ACTIVE or to disappear, milliseconds. */
const limitMs = 120_000;

const server = z.object({
  id: z.string(),
  status: z.string(),
  fault: z.object({ message: z.string() }).optional(),
});
export type Server = z.infer<typeof server>;

/** What a server is made of, by ids. */
export interface Ingredients {
  readonly image: string;
  readonly flavor: string;
  readonly network: string;
}

async function find(cloud: Cloud, signal: AbortSignal): Promise<Server | undefined> {
  const list = z.object({ servers: z.array(server) });
  const path = `/servers/detail?name=${encodeURIComponent(`^${serverName}$`)}`;
  return (await cloud.ask('nova', path, list, { signal })).servers[0];
}

async function waitUntilActive(cloud: Cloud, id: string, signal: AbortSignal): Promise<void> {
  const answer = z.object({ server });
  const ask = async () => {
    const now = (await cloud.ask('nova', `/servers/${id}`, answer, { signal })).server;
    if (now.status === 'ERROR') {
      throw new DeployError({
        what: `the server ${serverName} is in ERROR`,
        why: now.fault?.message ?? 'Nova gives no reason',
        tryThis: 'log/nova-compute.log and log/compute-daemon.log of the state directory tell the story',
      });
    }
    return now.status === 'ACTIVE' ? true : undefined;
  };
  await waitFor(ask, { what: `the server ${serverName} in status ACTIVE`, limitMs, signal });
}

async function remove(cloud: Cloud, id: string, signal: AbortSignal): Promise<void> {
  await cloud.tell('nova', `/servers/${id}`, { method: 'DELETE', signal });
  const ask = async () => ((await find(cloud, signal)) ? undefined : true);
  await waitFor(ask, { what: `the end of the old server ${serverName}`, limitMs, signal });
}

async function create(cloud: Cloud, from: Ingredients, signal: AbortSignal): Promise<string> {
  const json = {
    server: {
      name: serverName,
      imageRef: from.image,
      flavorRef: from.flavor,
      networks: [{ uuid: from.network }],
    },
  };
  const created = z.object({ server: z.object({ id: z.string() }) });
  return (await cloud.ask('nova', '/servers', created, { method: 'POST', json, signal })).server.id;
}

/** A server that can be kept: not failed, and with its partition on the (perhaps restarted) Power system. */
async function isWorthKeeping(deployment: Deployment, known: Server, signal: AbortSignal): Promise<boolean> {
  return known.status !== 'ERROR' && (await hasPartition(deployment, known.id, signal));
}

/** Sees that the server is ACTIVE: boots it, starts it, or replaces one that is lost. Gives its id. */
export async function ensureServer(
  deployment: Deployment,
  cloud: Cloud,
  from: Ingredients,
  signal: AbortSignal,
): Promise<string> {
  const known = await find(cloud, signal);
  const kept = known && (await isWorthKeeping(deployment, known, signal)) ? known : undefined;
  if (known && !kept) await remove(cloud, known.id, signal);
  if (kept?.status === 'SHUTOFF') {
    const json = { 'os-start': null };
    await cloud.tell('nova', `/servers/${kept.id}/action`, { method: 'POST', json, signal });
  }
  const id = kept?.id ?? (await create(cloud, from, signal));
  await waitUntilActive(cloud, id, signal);
  return id;
}
