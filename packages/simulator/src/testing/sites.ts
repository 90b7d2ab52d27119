import { defaultSystem } from '../site/default-site.js';
import { parseSite } from '../site/parse-site.js';
import type { Site } from '../site/site.js';

/** The default site with a media repository of 1 GB in every rootvg. */
export function siteWithRepository(): Site {
  const system = defaultSystem('sim1');
  const vioses = system.vioses.map((vios) => ({
    ...vios,
    volumeGroups: (vios.volumeGroups ?? []).map((group) =>
      group.name === 'rootvg' ? { ...group, repository: { name: 'vopt', sizeGb: 1 } } : group,
    ),
  }));
  return parseSite({ systems: [{ ...system, vioses }] });
}
