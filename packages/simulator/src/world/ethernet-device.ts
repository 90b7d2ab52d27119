/** A physical Ethernet port of a VIOS. */
export interface EthernetDevice {
  /** `ent0` */
  readonly name: string;
  readonly description: string;
  /** `U78D2.001.WZS0001-P1-C2-T1` */
  readonly location: string;
}
