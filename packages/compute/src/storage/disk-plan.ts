import type { BlockDevices, Image, Instance } from '../contract/index.js';
import { DriverError } from '../errors/index.js';
import type { DiskKind } from './disk-names.js';
import { requireRawImage, rootDiskGb, wholeGb } from './disk-size.js';

/** Ephemeral disks are numbered with one digit to base 36 in their names. */
const mostEphemeralDisks = 36;

/** The disks that a deployment makes; sizes in whole GB. */
export interface DiskPlan {
  /** undefined when the server boots from a volume (SPAWN-16). */
  readonly bootGb: number | undefined;
  /** Ephemeral and swap disks (DSK-6, B-31). */
  readonly empty: readonly { readonly kind: DiskKind; readonly sizeGb: number }[];
}

/** Checks image, flavor and block devices before anything is made. */
export function planDisks(instance: Instance, image: Image, devices: BlockDevices): DiskPlan {
  if (devices.volumes.length > 0)
    throw new DriverError(
      'PVM_VOLUMES_UNSUPPORTED',
      `Instance ${instance.uuid} has volumes attached, which this driver cannot connect; deploy it from an image`,
      { instanceUuid: instance.uuid },
    );
  if (devices.ephemerals.length > mostEphemeralDisks)
    throw new DriverError(
      'PVM_FLAVOR_VALUE_INVALID',
      `Instance ${instance.uuid} asks for ${devices.ephemerals.length} ephemeral disks; ${mostEphemeralDisks} is the most`,
      { instanceUuid: instance.uuid },
    );
  return { bootGb: bootGb(instance, image, devices), empty: emptyDisks(devices) };
}

function bootGb(instance: Instance, image: Image, { bootFromVolume }: BlockDevices): number | undefined {
  if (bootFromVolume) return undefined;
  requireRawImage(image);
  return rootDiskGb(instance.flavor, image);
}

function emptyDisks({ ephemerals, swapMb }: BlockDevices): DiskPlan['empty'] {
  const disks: { kind: DiskKind; sizeGb: number }[] = ephemerals.map(({ sizeGb }, index) => ({
    kind: `ephemeral${index}`,
    sizeGb,
  }));
  if (swapMb > 0) disks.push({ kind: 'swap', sizeGb: wholeGb(swapMb * 1024 * 1024) });
  return disks.filter(({ sizeGb }) => sizeGb > 0);
}
