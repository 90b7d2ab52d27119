/** Where the bytes of a transfer go to or come from (protocol reference 6.1). */
export interface FileTarget {
  /** A block device named by its UDID, or optical media named by `name` in the VIOS's repository. */
  readonly kind: 'BROKERED_DISK_IMAGE' | 'BROKERED_MEDIA_ISO';
  /** File name: at most 79 characters from `.0-9A-Z_a-z` (protocol reference 2.7); for media, the media's name. */
  readonly name: string;
  readonly viosId: string;
  /** UDID of the virtual disk or logical unit; needed for a disk image. */
  readonly deviceUdid?: string | undefined;
}
