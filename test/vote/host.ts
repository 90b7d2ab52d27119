import type { Cloud } from '@openstack-powervm/deploy';
import { z } from 'zod';

const serviceList = z.object({
  services: z.array(z.object({ host: z.string(), state: z.string(), status: z.string() })),
});
const hypervisorList = z.object({
  hypervisors: z.array(
    z.object({
      hypervisor_hostname: z.string(),
      hypervisor_type: z.string(),
      service: z.object({ host: z.string() }),
    }),
  ),
});
const serverList = z.object({
  servers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      status: z.string(),
      created: z.string(),
      'OS-EXT-SRV-ATTR:host': z.string().nullable(),
    }),
  ),
});

/** A compute host that is up and takes servers; gives its hypervisor's name. */
export async function requireHost(cloud: Cloud, host: string, signal: AbortSignal): Promise<string> {
  const query = `/os-services?binary=nova-compute&host=${encodeURIComponent(host)}`;
  const [service] = (await cloud.ask('nova', query, serviceList, { signal })).services;
  if (!service) throw new Error(`Nova knows no compute host ${host}`);
  if (service.state !== 'up' || service.status !== 'enabled')
    throw new Error(`compute host ${host} is ${service.state} and ${service.status}`);
  const { hypervisors } = await cloud.ask('nova', '/os-hypervisors/detail', hypervisorList, { signal });
  const found = hypervisors.find((each) => each.service.host === host);
  if (!found) throw new Error(`compute host ${host} has no hypervisor`);
  if (found.hypervisor_type !== 'phyp')
    throw new Error(`the hypervisor of ${host} is ${found.hypervisor_type}, not PowerVM (phyp)`);
  return found.hypervisor_hostname;
}

/** A server that existed during the run, also one that is deleted. */
export type RunServer = z.infer<typeof serverList>['servers'][number];

/** Servers asked for at once; Nova's default limit is 1000. */
const pageSize = 500;

/** What Tempest begins the names of its servers with (tempest.lib.common.utils.data_utils.rand_name). */
const tempestPrefix = 'tempest-';

/** The servers that Tempest has made since a time; the cloud may have other users. */
export async function serversSince(cloud: Cloud, since: Date, signal: AbortSignal): Promise<RunServer[]> {
  const stamp = since.toISOString().replace(/\.\d+Z$/, 'Z');
  const servers: RunServer[] = [];
  for (;;) {
    const marker = servers.at(-1);
    const query = new URLSearchParams({ all_tenants: 'true', 'changes-since': stamp, limit: `${pageSize}` });
    if (marker) query.set('marker', marker.id);
    const page = (await cloud.ask('nova', `/servers/detail?${query}`, serverList, { signal })).servers;
    servers.push(...page);
    if (page.length < pageSize) break;
  }
  return servers.filter(({ name, created }) => name.startsWith(tempestPrefix) && created >= stamp);
}

/** How many of the servers were on each host; those that never got to one are left out. */
export function countByHost(servers: readonly RunServer[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { 'OS-EXT-SRV-ATTR:host': host } of servers)
    if (host !== null) counts.set(host, (counts.get(host) ?? 0) + 1);
  return counts;
}
