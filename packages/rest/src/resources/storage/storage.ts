import { element } from '../../schema/declare.js';
import { nested } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { LogicalUnit } from './logical-unit.js';
import { VirtualOpticalMedia } from './media-repository.js';
import { PhysicalVolume } from './physical-volume.js';
import { VirtualDisk } from './virtual-disk.js';

/** What a mapping serves: exactly one of these. On create it is a reference by name or UDID. */
export const Storage = element(
  'Storage',
  { evidence: 'protocol reference 3.14; captures fake_vios_mappings.txt, fake_vios_feed2.txt', bare: true },
  {
    physicalVolume: nested(PhysicalVolume, 'PhysicalVolume', 'none'),
    virtualDisk: nested(VirtualDisk, 'VirtualDisk', 'none'),
    virtualOpticalMedia: nested(VirtualOpticalMedia, 'VirtualOpticalMedia', 'none'),
    logicalUnit: nested(LogicalUnit, 'LogicalUnit', 'none'),
  },
);
export type Storage = Lens<typeof Storage>;
