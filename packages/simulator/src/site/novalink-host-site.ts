import { defaultSystem } from './default-site.js';
import { parseSite } from './parse-site.js';
import type { Site, SiteInput } from './site.js';

/** One system whose NovaLink partition hosts I/O itself, beside two Virtual I/O Servers. */
export function novaLinkHostSite(changes: Partial<SiteInput> = {}): Site {
  const rbdImages = [
    { name: 'rbd/volume1', sizeGb: 1 },
    { name: 'rbd/private', sizeGb: 1, user: 'nova' },
  ];
  return parseSite({ systems: [novaLinkHostSystem('sim1')], rbdImages, ...changes });
}

/** A default system whose NovaLink hosts a group of logical volumes, with the media repository, one of files, and files. */
export function novaLinkHostSystem(name: string): SiteInput['systems'][number] {
  const novalink = { name: 'novalink', memoryMb: 8192, processors: { virtual: 2, units: 1 } };
  const repository = { name: 'vopt', sizeGb: 10 };
  const hostedIo = {
    volumeGroups: [
      { name: 'novavg', disks: [{ name: 'sdb', sizeGb: 1024 }], repository },
      { name: 'files', disks: [{ name: 'sdc', sizeGb: 512 }], directory: '/var/lib/pvm/disks' },
    ],
    freeDisks: [{ name: 'sdd', sizeGb: 100 }],
    files: [
      { path: '/var/lib/pvm/fileio/volume1', sizeGb: 1 },
      { path: '/var/lib/pvm/fileio/install.iso', sizeGb: 2 },
    ],
  };
  return { ...defaultSystem(name), novalink: { ...novalink, hostedIo } };
}
