import { z } from 'zod';
import { physicalNetwork } from '../config/neutron.js';
import type { Cloud } from './client.js';

/** A network that is there from the start. */
export interface DemonstrationNetwork {
  readonly name: string;
  readonly physicalNetwork: string;
  readonly vlan: number;
  readonly cidr: string;
}

/** A VLAN of the physical network behind the Shared Ethernet Adapter. */
export const demonstrationNetwork = {
  name: 'powervm-vlan',
  physicalNetwork: physicalNetwork.sea,
  vlan: 100,
  cidr: '192.0.2.0/24',
} as const;

/** A VLAN of the physical network behind the SR-IOV ports; its ports are made with VNIC type direct. */
export const directNetwork = {
  name: 'powervm-direct',
  physicalNetwork: physicalNetwork.sriov,
  vlan: 200,
  cidr: '198.51.100.0/24',
} as const;

const withId = z.object({ id: z.string() });
const networkList = z.object({ networks: z.array(withId) });
const subnetList = z.object({ subnets: z.array(withId) });

async function createNetwork(cloud: Cloud, plan: DemonstrationNetwork, signal: AbortSignal): Promise<string> {
  const network = {
    name: plan.name,
    shared: true,
    'provider:network_type': 'vlan',
    'provider:physical_network': plan.physicalNetwork,
    'provider:segmentation_id': plan.vlan,
  };
  const created = z.object({ network: withId });
  return (await cloud.ask('neutron', '/networks', created, { method: 'POST', json: { network }, signal }))
    .network.id;
}

/** Creates a VLAN network and its subnet where they are not there; gives the network's id. */
export async function ensureNetwork(
  cloud: Cloud,
  plan: DemonstrationNetwork,
  signal: AbortSignal,
): Promise<string> {
  const { name, cidr } = plan;
  const { networks } = await cloud.ask('neutron', `/networks?name=${name}`, networkList, { signal });
  const id = networks[0]?.id ?? (await createNetwork(cloud, plan, signal));
  const { subnets } = await cloud.ask('neutron', `/subnets?network_id=${id}`, subnetList, { signal });
  if (subnets.length === 0) {
    // Nobody answers DHCP here: a server learns its address from the config drive.
    const subnet = { name: `${name}-subnet`, network_id: id, ip_version: 4, cidr, enable_dhcp: false };
    await cloud.tell('neutron', '/subnets', { method: 'POST', json: { subnet }, signal });
  }
  return id;
}
