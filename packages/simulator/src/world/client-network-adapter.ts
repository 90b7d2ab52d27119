import type { AnyPartition } from './partition.js';
import type { VirtualSwitch } from './virtual-switch.js';

/** A virtual Ethernet adapter of a partition (protocol reference 3.9). */
export interface ClientNetworkAdapter {
  readonly kind: 'ClientNetworkAdapter';
  readonly uuid: string;
  readonly partition: AnyPartition;
  readonly slot: number;
  mac: string;
  portVlan: number;
  taggedVlans: readonly number[];
  taggedSupported: boolean;
  switch: VirtualSwitch;
  enabled: boolean;
  allowedMacs: string;
  /** Makes the adapter a trunk. */
  trunkPriority: number | undefined;
  deviceName: string | undefined;
  mtu: number | undefined;
  ovsBridge: string | undefined;
  ovsExternalIds: string | undefined;
  readonly createdAt: number;
}
