import type { Behaviour } from './behaviour.js';

export const arrayBehaviours: readonly Behaviour[] = [
  {
    id: 'array.zoning',
    does: 'initiators and array ports of the same fabric are zoned together; a LUN with a list of initiators shows to those only',
    assumed: 'arrays and switches are no part of the protocol',
  },
];

/** A disk array: its target ports on fabrics, and what it exports. */
export interface StorageArray {
  readonly name: string;
  readonly ports: readonly { readonly wwpn: string; readonly fabric: string }[];
  readonly luns: ArrayLun[];
}

export interface ArrayLun {
  readonly array: StorageArray;
  readonly id: number;
  /** NAA identifier: 32 upper-case hex digits. */
  readonly naa: string;
  /** UDID of the disk on every VIOS that finds it; also names its bytes. */
  readonly udid: string;
  readonly sizeGb: number;
  /** Lower-case WWPNs; undefined = everybody who is zoned. */
  initiators: readonly string[] | undefined;
}

/** An initiator: a physical port or a virtual one behind it. */
export interface Initiator {
  /** Lower case. */
  readonly wwpn: string;
  readonly fabric: string;
}

/** Does the initiator see the LUN through this port of the array? */
export function isVisible(lun: ArrayLun, initiator: Initiator, targetWwpn?: string): boolean {
  const zoned = lun.array.ports.some(
    (port) => port.fabric === initiator.fabric && (targetWwpn === undefined || port.wwpn === targetWwpn),
  );
  return zoned && (lun.initiators === undefined || lun.initiators.includes(initiator.wwpn));
}

export function visibleLuns(arrays: readonly StorageArray[], initiator: Initiator): ArrayLun[] {
  return arrays.flatMap((array) => array.luns).filter((lun) => isVisible(lun, initiator));
}
