import { defaultSystem } from '../site/default-site.js';
import { parseSite } from '../site/parse-site.js';
import type { Site } from '../site/site.js';
import { twoHostSite, twoHostSystem, twoSriovAdapters } from '../site/two-host-site.js';

/** The site of two hosts with what it leaves out: converged SR-IOV ports and a control channel. */
export function completeSite(): Site {
  const systems = ['sim1', 'sim2'].map((name) => {
    const system = twoHostSystem(name);
    const bridges = (system.bridges ?? []).map((bridge) => ({ ...bridge, controlChannel: 99 }));
    const converged = { ports: [{ type: 'Converged' as const, label: 'storage' }] };
    return { ...system, bridges, sriovAdapters: [...twoSriovAdapters, converged] };
  });
  return twoHostSite({ systems });
}

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
