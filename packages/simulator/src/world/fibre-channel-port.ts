import type { VirtualIOServer } from './vios.js';

/** A physical Fibre Channel port of a VIOS (protocol reference 3.15). */
export interface FibreChannelPort {
  /** `fcs0` */
  readonly name: string;
  /** Lower case; documents show it in upper case. */
  readonly wwpn: string;
  readonly wwnn: string;
  readonly location: string;
  readonly fabric: string;
  /** Virtual ports that it carries; 0 = no NPIV. */
  readonly totalPorts: number;
}

/** Virtual ports that are still free. */
export function availablePorts(vios: VirtualIOServer, port: FibreChannelPort): number {
  return port.totalPorts - vios.fibreChannelMappings.filter((mapping) => mapping.port === port).length;
}
