import { type Cloud, demonstrationImage, demonstrationNetwork, imageName } from '@openstack-powervm/deploy';
import { z } from 'zod';

/** What Tempest is told to use. */
export interface Ground {
  readonly image: string;
  readonly otherImage: string;
  readonly flavor: string;
  readonly otherFlavor: string;
  /** The servers' network, by its name; all other things by their ids. */
  readonly network: string;
  readonly publicNetwork: string;
  readonly publicNetworkName: string;
}

const names = {
  otherImage: `${imageName}-alt`,
  publicNetwork: 'public',
  router: 'tempest-router',
} as const;

/** The second one is larger in memory alone: a root disk grows only in a volume group. */
const flavors = [
  { name: 'tempest.first', ram: 512, vcpus: 1, disk: 1 },
  { name: 'tempest.second', ram: 1024, vcpus: 1, disk: 1 },
] as const;

const withId = z.object({ id: z.string() });
const listOf = (key: string) => z.object({ [key]: z.array(z.object({ id: z.string(), name: z.string() })) });

/**
 * Makes what the set-up of Tempest's classes wants: two images, two flavors, and a router from the servers' network to
 * an external one. What is there stays.
 */
export async function prepare(cloud: Cloud, signal: AbortSignal): Promise<Ground> {
  const ground = new Preparation(cloud, signal);
  const [first, second] = flavors;
  const publicNetwork = await ground.publicNetwork();
  await ground.router(publicNetwork);
  return {
    image: await ground.find('glance', '/images', 'images', imageName),
    otherImage: await ground.otherImage(),
    flavor: await ground.flavor(first),
    otherFlavor: await ground.flavor(second),
    network: demonstrationNetwork.name,
    publicNetwork,
    publicNetworkName: names.publicNetwork,
  };
}

type Api = 'glance' | 'nova' | 'neutron';

class Preparation {
  readonly #cloud: Cloud;
  readonly #signal: AbortSignal;

  constructor(cloud: Cloud, signal: AbortSignal) {
    this.#cloud = cloud;
    this.#signal = signal;
  }

  /** The id of what has this name; throws when there is nothing. */
  async find(api: Api, path: string, key: string, name: string): Promise<string> {
    const id = await this.#known(api, path, key, name);
    if (id === undefined) throw new Error(`${api} has no ${name}`);
    return id;
  }

  async otherImage(): Promise<string> {
    const known = await this.#known('glance', '/images', 'images', names.otherImage);
    if (known !== undefined) return known;
    const json = {
      name: names.otherImage,
      disk_format: 'raw',
      container_format: 'bare',
      visibility: 'public',
    };
    const id = await this.#create('glance', '/images', json);
    const request = { method: 'PUT', bytes: demonstrationImage(), signal: this.#signal } as const;
    await this.#cloud.tell('glance', `/images/${id}/file`, request);
    return id;
  }

  async flavor(flavor: (typeof flavors)[number]): Promise<string> {
    const known = await this.#known('nova', '/flavors', 'flavors', flavor.name);
    return known ?? this.#create('nova', '/flavors', { flavor }, 'flavor');
  }

  async publicNetwork(): Promise<string> {
    const known = await this.#known('neutron', '/networks', 'networks', names.publicNetwork);
    if (known !== undefined) return known;
    const network = { name: names.publicNetwork, 'router:external': true };
    const id = await this.#create('neutron', '/networks', { network }, 'network');
    // RFC 5737 sets the range aside for examples; nothing is ever sent there.
    const subnet = { network_id: id, ip_version: 4, cidr: '198.51.100.0/24', enable_dhcp: false };
    await this.#create('neutron', '/subnets', { subnet }, 'subnet');
    return id;
  }

  /** Between the servers' network and the external one. */
  async router(publicNetwork: string): Promise<void> {
    if ((await this.#known('neutron', '/routers', 'routers', names.router)) !== undefined) return;
    const router = { name: names.router, external_gateway_info: { network_id: publicNetwork } };
    const id = await this.#create('neutron', '/routers', { router }, 'router');
    const inside = await this.find('neutron', '/subnets', 'subnets', `${demonstrationNetwork.name}-subnet`);
    const request = { method: 'PUT', json: { subnet_id: inside }, signal: this.#signal } as const;
    await this.#cloud.tell('neutron', `/routers/${id}/add_router_interface`, request);
  }

  async #known(api: Api, path: string, key: string, name: string): Promise<string | undefined> {
    const found = (await this.#cloud.ask(api, path, listOf(key), { signal: this.#signal }))[key] ?? [];
    return found.find((each) => each.name === name)?.id;
  }

  /** Creates something; gives its id, which is inside `key` of the answer, if that is told. */
  async #create(api: Api, path: string, json: unknown, key?: string): Promise<string> {
    const request = { method: 'POST', json, signal: this.#signal } as const;
    if (key === undefined) return (await this.#cloud.ask(api, path, withId, request)).id;
    const answer = await this.#cloud.ask(api, path, z.object({ [key]: withId }), request);
    return withId.parse(answer[key]).id;
  }
}
