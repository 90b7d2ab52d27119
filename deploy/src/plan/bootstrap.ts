import { ensureIdentity } from '../cloud/catalog.js';
import type { Cloud } from '../cloud/client.js';
import { ensureFlavors } from '../cloud/flavors.js';
import { waitForAgent, waitForHypervisor } from '../cloud/host.js';
import { ensureImage, imageName } from '../cloud/image.js';
import { demonstrationNetwork, ensureNetwork } from '../cloud/network.js';
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
      title: `Network ${demonstrationNetwork.name}`,
      after: ['neutron-server', 'identity'],
      run: async ({ signal }) => {
        await ensureNetwork(cloud, signal);
        return `VLAN ${demonstrationNetwork.vlan}`;
      },
    },
    {
      name: 'hypervisor',
      title: 'Compute host in Nova',
      after: ['nova-compute', 'nova-scheduler', 'nova-api'],
      run: ({ signal }) => waitForHypervisor(deployment, cloud, signal),
    },
    {
      name: 'agent',
      title: 'Network agent in Neutron',
      after: ['sea-agent', 'neutron-server', 'identity'],
      run: async ({ signal }) => {
        await waitForAgent(deployment, cloud, signal);
        return undefined;
      },
    },
    {
      name: 'server',
      title: `Server ${serverName}`,
      after: ['image', 'flavors', 'network', 'hypervisor', 'agent', 'cinder-api'],
      run: async ({ signal }) => {
        const [image, network, flavors] = await Promise.all([
          ensureImage(deployment, cloud, signal),
          ensureNetwork(cloud, signal),
          ensureFlavors(cloud, signal),
        ]);
        const flavor = flavors.get(firstFlavor) ?? firstFlavor;
        await ensureServer(deployment, cloud, { image: image.id, flavor, network }, signal);
        return 'ACTIVE';
      },
    },
  ];
}
