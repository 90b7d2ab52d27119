import type { WiredPort, WiredPorts } from '../agent/wired-ports.js';

/** A port and where its VLAN is served. */
export interface BridgedPort extends WiredPort {
  readonly bridge: string;
  readonly vlan: number;
}

/** The VLANs in use, by bridge. */
export function vlansInUse(ports: WiredPorts<BridgedPort>): Map<string, Set<number>> {
  const used = new Map<string, Set<number>>();
  for (const { bridge, vlan } of ports) addVlan(used, bridge, vlan);
  return used;
}

export function addVlan(byBridge: Map<string, Set<number>>, bridge: string, vlan: number): void {
  byBridge.set(bridge, (byBridge.get(bridge) ?? new Set()).add(vlan));
}
