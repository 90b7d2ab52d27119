import { parseSite } from './parse-site.js';
import type { Site, SiteInput } from './site.js';

/**
 * One NovaLink-managed system: NovaLink partition, two VIOSes with a root and a data volume group each, the default
 * and the management switch, and one Shared Ethernet Adapter that fails over between the VIOSes.
 */
export function defaultSite(changes: Partial<SiteInput['systems'][number]> = {}): Site {
  return parseSite({ systems: [{ ...defaultSystem('sim1'), ...changes }] });
}

export function defaultSystem(name: string): SiteInput['systems'][number] {
  return {
    name,
    processorUnits: 64,
    memoryMb: 512 * 1024,
    novalink: { name: 'novalink', memoryMb: 8192, processors: { virtual: 2, units: 1 } },
    vioses: ['vios1', 'vios2'].map((vios) => ({
      name: vios,
      memoryMb: 16_384,
      processors: { virtual: 4, units: 2 },
      volumeGroups: [
        { name: 'rootvg', disks: [{ name: 'hdisk0', sizeGb: 1024 }] },
        { name: 'datavg', disks: [{ name: 'hdisk1', sizeGb: 1024 }] },
      ],
      freeDisks: [{ name: 'hdisk2', sizeGb: 100 }],
    })),
    switches: [{ name: 'ETHERNET0' }, { name: 'MGMTSWITCH', mode: 'Vepa' }],
    bridges: [{ switch: 'ETHERNET0', device: 'ent5', vioses: ['vios1', 'vios2'] }],
  };
}
