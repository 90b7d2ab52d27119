import { SeaAgent } from '../sea/agent.js';
import type { SeaAgentOptions } from '../sea/options.js';
import { QUICK, type Start, startAgent } from './agent-rig.js';

export const SEA_OPTIONS: SeaAgentOptions = {
  ...QUICK,
  bridgeMappings: 'default:ent5:vios1',
  cleanup: true,
  spread: false,
  excludedSwitches: ['MGMTSWITCH'],
};

/** MAC addresses of the ports in tests. */
export const MAC = ['AABBCCDDEE00', 'AABBCCDDEE01', 'AABBCCDDEE02', 'AABBCCDDEE03'] as const;

/** A second bridge on a switch of its own. */
export const TWO_BRIDGES = {
  switches: [{ name: 'ETHERNET0' }, { name: 'ETHERNET1' }, { name: 'MGMTSWITCH' }],
  bridges: [
    { switch: 'ETHERNET0', device: 'ent5', vioses: ['vios1'] },
    { switch: 'ETHERNET1', device: 'ent9', vioses: ['vios2'] },
  ],
};

export interface SeaStart extends Start {
  readonly options?: Partial<SeaAgentOptions>;
}

/** A SEA agent at work on a simulated system. Dispose of it at the end. */
export const startSeaAgent = ({ options, ...rest }: SeaStart = {}) =>
  startAgent((parts) => new SeaAgent({ ...parts, options: { ...SEA_OPTIONS, ...options } }), rest);
