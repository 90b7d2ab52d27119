import { z } from 'zod';
import { physicalNetwork } from '../config/neutron.js';
import type { Cloud } from './client.js';

/** The registered network: a VLAN of the physical network behind the Shared Ethernet Adapter. */
export const demonstrationNetwork = { name: 'powervm-vlan', vlan: 100, cidr: '192.0.2.0/24' } as const;

const withId = z.object({ id: z.string() });
const networkList = z.object({ networks: z.array(withId) });
const subnetList = z.object({ subnets: z.array(withId) });

async function createNetwork(cloud: Cloud, signal: AbortSignal): Promise<string> {
  const network = {
    name: demonstrationNetwork.name,
    shared: true,
    'provider:network_type': 'vlan',
    'provider:physical_network': physicalNetwork.name,
    'provider:segmentation_id': demonstrationNetwork.vlan,
  };
  const created = z.object({ network: withId });
  return (await cloud.ask('neutron', '/networks', created, { method: 'POST', json: { network }, signal }))
    .network.id;
}

/** Creates the VLAN network and its subnet where they are not there; gives the network's id. */
export async function ensureNetwork(cloud: Cloud, signal: AbortSignal): Promise<string> {
  const { name, cidr } = demonstrationNetwork;
  const { networks } = await cloud.ask('neutron', `/networks?name=${name}`, networkList, { signal });
  const id = networks[0]?.id ?? (await createNetwork(cloud, signal));
  const { subnets } = await cloud.ask('neutron', `/subnets?network_id=${id}`, subnetList, { signal });
  if (subnets.length === 0) {
    // Nobody answers DHCP here: a server learns its address from the config drive.
    const subnet = { name: `${name}-subnet`, network_id: id, ip_version: 4, cidr, enable_dhcp: false };
    await cloud.tell('neutron', '/subnets', { method: 'POST', json: { subnet }, signal });
  }
  return id;
}
