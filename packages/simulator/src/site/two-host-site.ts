import { defaultSystem } from './default-site.js';
import { parseSite, type Site } from './site.js';

/** Two NovaLink-managed systems whose VIOSes share one storage pool of two tiers. */
export function twoHostSite(): Site {
  const names = ['sim1', 'sim2'];
  return parseSite({
    systems: names.map(defaultSystem),
    clusters: [
      {
        name: 'cluster1',
        pool: 'pool1',
        nodes: names.map((system) => ({ system, vioses: ['vios1', 'vios2'] })),
        tiers: [
          { name: 'SYSTEM', default: true, disksGb: [512, 512] },
          { name: 'archive', disksGb: [2048] },
        ],
      },
    ],
  });
}
