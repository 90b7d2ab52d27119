import type { Behaviour } from './behaviour.js';
import {
  type LoadGroup,
  loadGroups,
  type NetworkBridge,
  type SharedEthernetAdapter,
} from './network-bridge.js';

export const bridgeTrafficBehaviours: readonly Behaviour[] = [
  {
    id: 'bridge.failover',
    does: 'with failover one SEA carries everything: the one of lowest trunk priority whose VIOS runs',
    assumed: 'HighAvailabilityMode auto; no element of the protocol tells which SEA is active',
  },
  {
    id: 'bridge.sharing',
    does: 'with load sharing the load groups take turns between both SEAs; all go to the one whose VIOS still runs',
    assumed: 'HighAvailabilityMode sharing; protocol reference 8.11 keeps groups in pairs for it',
  },
  {
    id: 'bridge.several',
    does: 'a VIOS has as many SEAs as it has Ethernet devices; each takes one, and no two of a switch share a VLAN',
    evidence: 'capture fake_network_bridge.txt: one VIOS serves two bridges; the limits are refusals of ours',
  },
];

/** The SEA that carries a load group's traffic now; undefined when none of the bridge's VIOSes runs. */
export function carrierOf(bridge: NetworkBridge, group: LoadGroup): SharedEthernetAdapter | undefined {
  const working = bridge.adapters
    .filter(({ vios }) => vios.state === 'running')
    .toSorted((left, right) => priorityOf(left) - priorityOf(right));
  if (!bridge.loadBalancing || working.length < 2) return working[0];
  const turn = loadGroups(bridge).findIndex(({ portVlan }) => portVlan === group.portVlan);
  return working[turn % working.length];
}

const priorityOf = ({ trunks }: SharedEthernetAdapter): number =>
  trunks[0]?.priority ?? Number.MAX_SAFE_INTEGER;
