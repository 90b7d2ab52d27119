import type { CallOptions } from '../flow/index.js';

/** A disk of the machine on which the driver runs. */
export interface NovaLinkDevice {
  /** Such as `/dev/sdb`. */
  readonly path: string;
  /** bytes */
  readonly size: number;
  /** The whole content, from the first byte on. */
  read(call: CallOptions): AsyncIterable<Uint8Array>;
}

/** A disk that a VIOS shows to this machine. */
export interface ShownDisk {
  /** Unique device id of the storage behind the mapping. */
  readonly udid: string;
  /** Slot of this machine's client adapter. */
  readonly slot: number;
}

/** This machine, the NovaLink partition, as its operating system sees it: the disks that it can read. */
export interface NovaLinkDevices {
  /** Short id of the partition that this machine is; undefined on a machine that is none (protocol reference 8.14). */
  partitionId(): Promise<number | undefined>;
  /** Makes the system look for the disk and waits until it is there (SNAP-4). */
  discover(disk: ShownDisk, call: CallOptions): Promise<NovaLinkDevice>;
  /** A disk that is there, by its path. */
  open(path: string): Promise<NovaLinkDevice>;
  /** Makes the system forget a disk that is no longer shown; one that it does not know is no error (SNAP-5). */
  remove(udid: string, call: CallOptions): Promise<void>;
}
