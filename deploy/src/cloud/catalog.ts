import { z } from 'zod';
import { type ServiceUser, urlOf } from '../config/common.js';
import type { Deployment } from '../deployment/deployment.js';
import type { Cloud } from './client.js';

const named = z.object({ id: z.string(), name: z.string() });
const endpointList = z.object({
  endpoints: z.array(z.object({ service_id: z.string(), interface: z.string() })),
});

/** The services of the catalog beside Keystone itself. */
const catalog = (deployment: Deployment) =>
  [
    { name: 'glance', type: 'image', url: urlOf(deployment, 'glance') },
    { name: 'placement', type: 'placement', url: urlOf(deployment, 'placement') },
    { name: 'nova', type: 'compute', url: urlOf(deployment, 'nova', '/v2.1') },
    { name: 'neutron', type: 'network', url: urlOf(deployment, 'neutron') },
    { name: 'cinderv3', type: 'volumev3', url: urlOf(deployment, 'cinder', '/v3/%(project_id)s') },
  ] as const;

const users: readonly ServiceUser[] = ['glance', 'placement', 'nova', 'neutron', 'cinder'];

/** A service's user may do everything, and vouches for the requests that it passes on. */
const userRoles = ['admin', 'service'] as const;

/** What something is created from. */
type NamedThing = Readonly<Record<string, string>> & { readonly name: string };

/** Keystone's lists of named things: one that is not there is created. */
class Directory {
  readonly #cloud: Cloud;
  readonly #signal: AbortSignal;

  constructor(cloud: Cloud, signal: AbortSignal) {
    this.#cloud = cloud;
    this.#signal = signal;
  }

  async ensure(kind: 'project' | 'role' | 'user' | 'service', wanted: NamedThing): Promise<string> {
    const signal = this.#signal;
    const query = `/${kind}s?name=${encodeURIComponent(wanted.name)}`;
    const list = z.object({ [`${kind}s`]: z.array(named) });
    const [known] = (await this.#cloud.ask('keystone', query, list, { signal }))[`${kind}s`] ?? [];
    if (known) return known.id;
    const json = { [kind]: wanted };
    const created = z.object({ [kind]: named });
    const answer = await this.#cloud.ask('keystone', `/${kind}s`, created, { method: 'POST', json, signal });
    return named.parse(answer[kind]).id;
  }
}

async function ensureUsers(deployment: Deployment, cloud: Cloud, directory: Directory, signal: AbortSignal) {
  const project = await directory.ensure('project', { name: 'service', domain_id: 'default' });
  const roles = await Promise.all(userRoles.map((name) => directory.ensure('role', { name })));
  const ensureUser = async (name: ServiceUser) => {
    const password = deployment.secrets[name];
    const user = await directory.ensure('user', { name, password, domain_id: 'default' });
    for (const role of roles) {
      await cloud.tell('keystone', `/projects/${project}/users/${user}/roles/${role}`, {
        method: 'PUT',
        signal,
      });
    }
  };
  await Promise.all(users.map(ensureUser));
}

async function ensureEndpoints(
  deployment: Deployment,
  cloud: Cloud,
  directory: Directory,
  signal: AbortSignal,
) {
  const { endpoints } = await cloud.ask('keystone', '/endpoints', endpointList, { signal });
  const ensureService = async ({ name, type, url }: ReturnType<typeof catalog>[number]) => {
    const id = await directory.ensure('service', { name, type });
    for (const side of ['public', 'internal', 'admin']) {
      if (endpoints.some((known) => known.service_id === id && known.interface === side)) continue;
      const json = { endpoint: { service_id: id, interface: side, url, region_id: deployment.region } };
      await cloud.tell('keystone', '/endpoints', { method: 'POST', json, signal });
    }
  };
  await Promise.all(catalog(deployment).map(ensureService));
}

/** Fills Keystone: the service users with their roles, the catalog. What is there stays. */
export async function ensureIdentity(
  deployment: Deployment,
  cloud: Cloud,
  signal: AbortSignal,
): Promise<void> {
  const directory = new Directory(cloud, signal);
  await Promise.all([
    ensureUsers(deployment, cloud, directory, signal),
    ensureEndpoints(deployment, cloud, directory, signal),
  ]);
}
