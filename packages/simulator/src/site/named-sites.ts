import { defaultSystem } from './default-site.js';
import { hmcSite } from './hmc-site.js';
import { parseSite } from './parse-site.js';
import type { Site } from './site.js';
import { twoHostSite } from './two-host-site.js';

const smallCluster = {
  name: 'cluster1',
  pool: 'pool1',
  nodes: [{ system: 'sim1', vioses: ['vios1', 'vios2'] }],
  tiers: [{ name: 'SYSTEM', default: true, disksGb: [512, 512] }],
};

/** Sites that need no file. */
export const namedSites = {
  /** Two systems with everything that can be modelled. */
  'two-hosts': () => twoHostSite(),
  /** The smallest one on which OpenStack runs; volume groups and a Shared Storage Pool. */
  'one-host': () => parseSite({ systems: [defaultSystem('sim1')], clusters: [smallCluster] }),
  hmc: hmcSite,
} satisfies Record<string, () => Site>;

export type SiteName = keyof typeof namedSites;

export const siteNames = Object.keys(namedSites);

export const isSiteName = (text: string): text is SiteName => Object.hasOwn(namedSites, text);
