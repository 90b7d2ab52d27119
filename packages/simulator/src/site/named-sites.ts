import { defaultSystem } from './default-site.js';
import { hmcSite } from './hmc-site.js';
import { parseSite } from './parse-site.js';
import type { Site } from './site.js';
import { twoHostSite } from './two-host-site.js';

/** Sites that need no file. */
export const namedSites = {
  /** Two systems with everything that can be modelled. */
  'two-hosts': () => twoHostSite(),
  /** The smallest one on which OpenStack runs. */
  'one-host': () => parseSite({ systems: [defaultSystem('sim1')] }),
  hmc: hmcSite,
} satisfies Record<string, () => Site>;

export type SiteName = keyof typeof namedSites;

export const siteNames = Object.keys(namedSites);

export const isSiteName = (text: string): text is SiteName => Object.hasOwn(namedSites, text);
