import { defaultSystem } from './default-site.js';
import { hmcSite } from './hmc-site.js';
import { novaLinkHostSite } from './novalink-host-site.js';
import { parseSite } from './parse-site.js';
import type { Site } from './site.js';
import { twoHostSite, twoSriovAdapters } from './two-host-site.js';

const smallCluster = {
  name: 'cluster1',
  pool: 'pool1',
  nodes: [{ system: 'sim1', vioses: ['vios1', 'vios2'] }],
  tiers: [{ name: 'SYSTEM', default: true, disksGb: [512, 512] }],
};

export type SiteName = 'two-hosts' | 'one-host' | 'novalink-io' | 'hmc';

/** Sites that need no file. */
export const namedSites: Readonly<Record<SiteName, () => Site>> = {
  /** Two systems with everything that can be modelled. */
  'two-hosts': () => twoHostSite(),
  /** The smallest one on which OpenStack runs: volume groups and a pool, a Shared Ethernet Adapter and SR-IOV ports. */
  'one-host': () =>
    parseSite({
      systems: [{ ...defaultSystem('sim1'), sriovAdapters: twoSriovAdapters }],
      clusters: [smallCluster],
    }),
  /** NovaLink hosts I/O itself. */
  'novalink-io': () => novaLinkHostSite(),
  hmc: hmcSite,
};

export const siteNames = Object.keys(namedSites);

export const isSiteName = (text: string): text is SiteName => Object.hasOwn(namedSites, text);
