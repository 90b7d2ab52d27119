/** Something to do about one virtual interface. */
export interface PlugRequest {
  readonly action: 'plug' | 'unplug';
  /** REST form. */
  readonly mac: string;
  /** UUID of the partition, in the case it is written in (EVR-4). */
  readonly partition: string;
  /** From a list of everything, where adapters that Neutron does not know are no surprise (AGT-7). */
  readonly quiet?: boolean;
}

/**
 * Get ready for an interface whose partition comes by live migration: its port is bound elsewhere still, so Neutron
 * cannot be asked about it and the request says where it will be (LMP-8).
 */
export interface PrepareRequest {
  readonly action: 'prepare';
  /** REST form. */
  readonly mac: string;
  readonly partition: string;
  readonly physicalNetwork: string;
  /** Null on flat networks. */
  readonly vlan: number | null;
}

export type PortRequest = PlugRequest | PrepareRequest;

/** Requests are about the same interface when MAC and partition are equal (EVR-3). */
export function keyOf({ mac, partition }: Pick<PortRequest, 'mac' | 'partition'>): string {
  return `${mac} ${partition.toLowerCase()}`;
}
