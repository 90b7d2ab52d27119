/** VLANs of point-to-point connections go from 1 to this one (OVS-1). */
export const lastVlan = 4093;

/** The lowest VLAN that nobody uses; undefined when all are taken. */
export function freeVlan(used: ReadonlySet<number>): number | undefined {
  for (let vlan = 1; vlan <= lastVlan; vlan += 1) if (!used.has(vlan)) return vlan;
  return undefined;
}
