import { ensureIdentity } from '../cloud/catalog.js';
import type { Cloud } from '../cloud/client.js';
import { ensureFlavors } from '../cloud/flavors.js';
import { waitForAgents, waitForHypervisor } from '../cloud/host.js';
import { ensureImage, imageName } from '../cloud/image.js';
import { demonstrationNetwork, directNetwork, ensureNetwork } from '../cloud/network.js';
import { ensureServer, serverName } from '../cloud/server.js';
import type { Deployment } from '../deployment/deployment.js';
import type { Step } from '../steps/step.js';

/** Name of the flavor of the first server. */
const firstFlavor = 'powervm.tiny';

/** The steps that fill the running OpenStack: users, catalog, things to boot from, and one server. */
export function bootstrapSteps(deployment: Deployment, cloud: Cloud): Step[] {
  return [
    {
      name: 'identity',
      title: 'Service users and catalog',
      after: ['keystone'],
      run: async ({ signal }) => {
        await ensureIdentity(deployment, cloud, signal);
        return undefined;
      },
    },
    {
      name: 'image',
      title: `Image ${imageName}`,
      after: ['glance-api', 'identity'],
      run: async ({ signal }) =>
        `sha256 ${(await ensureImage(deployment, cloud, signal)).sha256.slice(0, 16)}…`,
    },
    {
      name: 'flavors',
      title: 'Flavors',
      after: ['nova-api', 'identity'],
      run: async ({ signal }) => [...(await ensureFlavors(cloud, signal)).keys()].join(', '),
    },
    {
      name: 'network',
      title: `Networks ${demonstrationNetwork.name}, ${directNetwork.name}`,
      after: ['neutron-server', 'identity'],
      run: async ({ signal }) => {
        await ensureNetwork(cloud, demonstrationNetwork, signal);
        await ensureNetwork(cloud, directNetwork, signal);
        return `VLANs ${demonstrationNetwork.vlan}, ${directNetwork.vlan}`;
      },
    },
    {
      name: 'hypervisor',
      title: 'Compute host in Nova',
      after: ['nova-compute', 'nova-scheduler', 'nova-api'],
      run: ({ signal }) => waitForHypervisor(deployment, cloud, signal),
    },
    {
      name: 'agents',
      title: 'Network agents in Neutron',
      after: ['sea-agent', 'sriov-agent', 'neutron-server', 'identity'],
      run: async ({ signal }) => {
        await waitForAgents(deployment, cloud, signal);
        return undefined;
      },
    },
    {
      name: 'server',
      title: `Server ${serverName}`,
      after: ['image', 'flavors', 'network', 'hypervisor', 'agents', 'cinder-api'],
      run: async ({ signal }) => {
        const [image, network, flavors] = await Promise.all([
          ensureImage(deployment, cloud, signal),
          ensureNetwork(cloud, demonstrationNetwork, signal),
          ensureFlavors(cloud, signal),
        ]);
        const flavor = flavors.get(firstFlavor) ?? firstFlavor;
        await ensureServer(deployment, cloud, { image: image.id, flavor, network }, signal);
        return 'ACTIVE';
      },
    },
  ];
}
