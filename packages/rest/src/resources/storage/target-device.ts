import { element } from '../../schema/declare.js';
import { nested, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** What every target device has. */
export const targetDeviceFields = {
  logicalUnitAddress: text('LogicalUnitAddress', 'CUR', {
    note: '64-bit hexadecimal, 0x8100000000000000 and up; lun1 for file-backed devices on Linux hosts.',
  }),
  targetName: text('TargetName', 'CUR'),
  uniqueDeviceID: text('UniqueDeviceID', 'ROR'),
};

export const PhysicalVolumeVirtualTargetDevice = element(
  'PhysicalVolumeVirtualTargetDevice',
  { evidence: 'protocol reference 3.14; captures fake_vios_mappings.txt, vscsibus_feed.txt' },
  {
    ...targetDeviceFields,
  },
);
export type PhysicalVolumeVirtualTargetDevice = Lens<typeof PhysicalVolumeVirtualTargetDevice>;

export const LogicalVolumeVirtualTargetDevice = element(
  'LogicalVolumeVirtualTargetDevice',
  { evidence: 'protocol reference 3.14; captures fake_vios_mappings.txt, fake_vios_feed2.txt' },
  {
    ...targetDeviceFields,
  },
);
export type LogicalVolumeVirtualTargetDevice = Lens<typeof LogicalVolumeVirtualTargetDevice>;

export const VirtualOpticalTargetDevice = element(
  'VirtualOpticalTargetDevice',
  { evidence: 'protocol reference 3.14; captures fake_vios_mappings.txt, fake_vios_feed2.txt' },
  {
    ...targetDeviceFields,
  },
);
export type VirtualOpticalTargetDevice = Lens<typeof VirtualOpticalTargetDevice>;

export const SharedStoragePoolLogicalUnitVirtualTargetDevice = element(
  'SharedStoragePoolLogicalUnitVirtualTargetDevice',
  { evidence: 'protocol reference 3.14' },
  {
    ...targetDeviceFields,
  },
);
export type SharedStoragePoolLogicalUnitVirtualTargetDevice = Lens<
  typeof SharedStoragePoolLogicalUnitVirtualTargetDevice
>;

/** The device that a client sees: one of these, after the kind of storage. */
export const TargetDevice = element(
  'TargetDevice',
  { evidence: 'protocol reference 3.14; captures fake_vios_mappings.txt, fake_vios_feed2.txt', bare: true },
  {
    physicalVolumeVirtualTargetDevice: nested(
      PhysicalVolumeVirtualTargetDevice,
      'PhysicalVolumeVirtualTargetDevice',
      'none',
    ),
    logicalVolumeVirtualTargetDevice: nested(
      LogicalVolumeVirtualTargetDevice,
      'LogicalVolumeVirtualTargetDevice',
      'none',
    ),
    virtualOpticalTargetDevice: nested(VirtualOpticalTargetDevice, 'VirtualOpticalTargetDevice', 'none'),
    sharedStoragePoolLogicalUnitVirtualTargetDevice: nested(
      SharedStoragePoolLogicalUnitVirtualTargetDevice,
      'SharedStoragePoolLogicalUnitVirtualTargetDevice',
      'none',
    ),
  },
);
export type TargetDevice = Lens<typeof TargetDevice>;
