import type { ManagedSystem } from './managed-system.js';
import type { VirtualSwitch } from './virtual-switch.js';

/** A VLAN of a switch as HMC-style clients see it (protocol reference 3.7). */
export interface VirtualNetwork {
  readonly kind: 'VirtualNetwork';
  readonly uuid: string;
  readonly system: ManagedSystem;
  readonly switch: VirtualSwitch;
  readonly name: string;
  readonly vlan: number;
  readonly tagged: boolean;
}
