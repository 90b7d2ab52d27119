import type { WiredPort, WiredPorts } from '../agent/wired-ports.js';

/** A port and where its VLAN is served. */
export interface BridgedPort extends WiredPort {
  readonly bridge: string;
  readonly vlan: number;
}

/** The VLANs in use, by bridge. */
export function vlansInUse(ports: WiredPorts<BridgedPort>): Map<string, Set<number>> {
  const used = new Map<string, Set<number>>();
  for (const { bridge, vlan } of ports) used.set(bridge, (used.get(bridge) ?? new Set()).add(vlan));
  return used;
}
