import type { VolumeGroup } from './volume-group.js';

/** A disk that a VIOS sees (protocol reference 3.13). */
export interface PhysicalVolume {
  /** `hdisk3` */
  readonly name: string;
  /** `01` + base64. Also names its bytes. */
  readonly udid: string;
  capacityMb: number;
  readonly description: string;
  readonly location: string;
  readonly uniqueId: string;
  /** Base64 of the NAA id. */
  readonly page83: string;
  reservePolicy: string;
  reserveAlgorithm: string;
  readonly fibreChannel: boolean;
  /** The volume group that owns it. */
  group: VolumeGroup | undefined;
  /** What else holds it: `shared storage pool pool1`. */
  owner: string | undefined;
}
