import { type Bridge, servedVlans, serves } from '../vlan/model.js';
import type { Vif } from './vif-inventory.js';

/**
 * The VLANs that a bridge has to keep: those of ports, those of every adapter whose PVID the bridge serves, whoever
 * manages it, and whatever the primary trunk carries (SEAA-6).
 */
export function neededVlans(bridge: Bridge, ports: Iterable<number>, vifs: readonly Vif[]): Set<number> {
  const users = vifs.filter((vif) => vif.switchId === bridge.switchId && serves(bridge, vif.pvid));
  return new Set([
    ...ports,
    ...users.flatMap((vif) => [vif.pvid, ...vif.tagged]),
    bridge.primary.pvid,
    ...bridge.primary.tagged,
  ]);
}

/** Served VLANs that nothing needs, ascending. */
export function unneededVlans(bridge: Bridge, needed: ReadonlySet<number>): number[] {
  return servedVlans(bridge).filter((vlan) => !needed.has(vlan));
}
