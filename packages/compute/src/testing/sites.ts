import { defaultSystem, novaLinkHostSite, parseSite } from '@openstack-powervm/simulator';
import type { RigOptions } from './rig.js';

/** Instance disks in a Shared Storage Pool that both VIOSes are in. */
export const onPool: RigOptions = {
  simulator: {
    site: parseSite({
      systems: [defaultSystem('sim1')],
      clusters: [
        {
          name: 'gold',
          pool: 'gold-pool',
          nodes: [{ system: 'sim1', vioses: ['vios1', 'vios2'] }],
          tiers: [{ name: 'SYSTEM', default: true, disksGb: [500] }],
        },
      ],
    }),
  },
  options: { disk_driver: 'ssp' },
};

const dataPorts = { ports: [{ label: 'data' }] };

/** Two SR-IOV ports on the physical network `data`. */
export const withSriovPorts: RigOptions = {
  simulator: {
    site: parseSite({ systems: [{ ...defaultSystem('sim1'), sriovAdapters: [dataPorts, dataPorts] }] }),
  },
};

/** Instance disks in a volume group of the NovaLink partition itself. */
export const hostedByNovaLink: RigOptions = {
  simulator: { site: novaLinkHostSite() },
  options: { disk_driver: 'localdisk', volume_group_name: 'novavg' },
};
