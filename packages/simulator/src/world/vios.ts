import type { BackingObject } from './backing-object.js';
import type { EthernetDevice } from './ethernet-device.js';
import type { FibreChannelMapping } from './fibre-channel-mapping.js';
import type { FibreChannelPort } from './fibre-channel-port.js';
import type { IscsiSession } from './iscsi/iscsi-session.js';
import type { TrunkAdapter } from './network-bridge.js';
import type { NumberPool } from './number-pool.js';
import type { Partition } from './partition.js';
import type { PhysicalVolume } from './physical-volume.js';
import type { Registry } from './registry.js';
import type { ScsiMapping } from './scsi-mapping.js';
import type { Cluster } from './shared-storage-pool.js';
import type { VolumeGroup } from './volume-group.js';

/** A partition that serves storage and networks; `isManagement` tells the NovaLink partition that does so. */
export interface VirtualIOServer extends Partition {
  readonly kind: 'VirtualIOServer';
  readonly volumeGroups: Registry<VolumeGroup>;
  readonly physicalVolumes: PhysicalVolume[];
  /** Files and RBD images that it can map: on NovaLink only. */
  readonly backingObjects: BackingObject[];
  readonly scsiMappings: ScsiMapping[];
  readonly ethernetDevices: EthernetDevice[];
  readonly trunkAdapters: TrunkAdapter[];
  readonly deviceNumbers: Readonly<
    Record<'vhost' | 'vtscsi' | 'vtopt' | 'ent' | 'hdisk' | 'vfchost', NumberPool>
  >;
  readonly fibreChannelPorts: readonly FibreChannelPort[];
  readonly fibreChannelMappings: FibreChannelMapping[];
  /** The Shared Storage Pool cluster that it is a node of. */
  cluster: Cluster | undefined;
  moverServicePartition: boolean;
  readonly iscsi: { readonly initiator: string; readonly sessions: IscsiSession[] };
}
