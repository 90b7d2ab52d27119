import type { ManagedSystem } from './managed-system.js';

export interface VirtualSwitch {
  readonly kind: 'VirtualSwitch';
  readonly uuid: string;
  readonly system: ManagedSystem;
  /** 0 to 15 (protocol reference 3.6). */
  readonly id: number;
  name: string;
  mode: 'Veb' | 'Vepa';
}
