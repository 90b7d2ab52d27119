import type { AnyPartition, LogicalPartition } from './partition.js';
import type { LogicalPort } from './sriov.js';
import { isFunctional } from './sriov.js';
import type { VirtualIOServer } from './vios.js';

/** A virtual NIC backed by SR-IOV logical ports of VIOSes (protocol reference 3.11). */
export interface Vnic {
  readonly kind: 'VirtualNICDedicated';
  readonly uuid: string;
  readonly partition: LogicalPartition;
  readonly slot: number;
  readonly mac: string;
  portVlan: number;
  portVlanPriority: number;
  allowedVlans: string;
  allowedMacs: string;
  readonly devices: VnicDevice[];
  readonly createdAt: number;
}

export interface VnicDevice {
  readonly vios: VirtualIOServer;
  readonly logicalPort: LogicalPort;
  /** 1 to 100, the lower is preferred. */
  priority: number;
}

export const vnicsOf = (partition: AnyPartition): Vnic[] =>
  partition.system.vnics.filter((vnic) => vnic.partition === partition);

/** The device that carries the traffic: the preferred one of those that work. */
export function activeDevice(vnic: Vnic): VnicDevice | undefined {
  return vnic.devices
    .filter(({ logicalPort }) => isFunctional(logicalPort))
    .toSorted((left, right) => left.priority - right.priority)[0];
}
