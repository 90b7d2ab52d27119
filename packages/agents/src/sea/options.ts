import { boolean, type OsloConfig, option, string } from '@openstack-powervm/oslo';
import { type AgentOptions, agentOptions, readAgentOptions } from '../agent/options.js';

/** Every option that the agent reads, with the names and defaults of requirements 9.3. */
export const seaAgentOptions = {
  ...agentOptions,
  spread: option('DEFAULT', 'load_balance_vlan_across_veas', boolean, false, {
    help: 'Give each VLAN a trunk adapter of its own as long as there may be more.',
  }),
  bridgeMappings: option('AGENT', 'bridge_mappings', string, '', {
    help: 'Which Shared Ethernet Adapter serves which physical network: network:device:vios, separated by commas.',
  }),
  cleanup: option('AGENT', 'automated_powervm_vlan_cleanup', boolean, true, {
    help: 'Take VLANs that no partition needs off the Shared Ethernet Adapters.',
  }),
  privateSwitch: option('powervm', 'pvm_vswitch_for_novalink_io', string, 'NovaLinkVEABridge', {
    help: 'Virtual switch between NovaLink and the partitions, which no Shared Ethernet Adapter serves.',
  }),
};

export interface SeaAgentOptions extends AgentOptions {
  /** As written; see `parseBridgeMappings`. */
  readonly bridgeMappings: string;
  /** Whether VLANs that nobody needs are taken off the bridges. */
  readonly cleanup: boolean;
  /** Give each VLAN a trunk of its own as long as there may be more. */
  readonly spread: boolean;
  /** Switches whose adapters no bridge serves (SEAA-7). */
  readonly excludedSwitches: readonly string[];
}

/** @throws OsloError OSLO_CONFIG_VALUE naming file and option (CFG-1) */
export function readSeaAgentOptions(config: OsloConfig): SeaAgentOptions {
  return {
    ...readAgentOptions(config),
    bridgeMappings: config.read(seaAgentOptions.bridgeMappings),
    cleanup: config.read(seaAgentOptions.cleanup),
    spread: config.read(seaAgentOptions.spread),
    excludedSwitches: ['MGMTSWITCH', config.read(seaAgentOptions.privateSwitch)],
  };
}
