import type { PathProblem } from './problem.js';
import { field, list, text } from './site-fields.js';

/** What bridges of a system take from each other: SEA names and Ethernet devices of a VIOS, VLANs of a switch. */
export function checkBridges(system: unknown, path: readonly (string | number)[]): PathProblem[] {
  const taken = new Map<string, number>();
  const again = (key: string, index: number, problem: string, ...place: string[]): PathProblem[] => {
    const first = taken.get(key);
    taken.set(key, first ?? index);
    return first === undefined || first === index ? [] : [{ path: [...path, index, ...place], problem }];
  };
  const counts = new Map<string, number>();
  return list(system, 'bridges').flatMap((bridge, index) => {
    const device = text(bridge, 'device');
    const parent = text(bridge, 'switch');
    const channel = field(bridge, 'controlChannel');
    const vlans = [
      field(bridge, 'portVlan') ?? 1,
      ...list(bridge, 'vlans'),
      ...(channel === undefined ? [] : [channel]),
    ];
    const own = vlans.length - new Set(vlans).size;
    const names = list(bridge, 'vioses').filter((name) => typeof name === 'string');
    return [
      ...lonelyGroup(bridge, [...path, index]),
      ...lonelyChannel(bridge, [...path, index]),
      ...names.flatMap((name) =>
        again(`${name}/${device}`, index, `${name} already has ${device}`, 'device'),
      ),
      ...vlans.flatMap((vlan) =>
        again(`${parent}/${vlan}`, index, `VLAN ${vlan} of ${parent} is bridged already`),
      ),
      ...(own > 0 ? [{ path: [...path, index], problem: 'names a VLAN twice' }] : []),
      ...names.flatMap((name): PathProblem[] => {
        counts.set(name, (counts.get(name) ?? 0) + 1);
        const devices = devicesOf(system, name);
        if ((counts.get(name) ?? 0) <= devices) return [];
        return [{ path: [...path, index], problem: `${name} has only ${devices} Ethernet devices` }];
      }),
    ];
  });
}

/** Who shares load has at least two load groups, as network bridges of consoles that do (protocol reference 8.11). */
function lonelyGroup(bridge: unknown, path: readonly (string | number)[]): PathProblem[] {
  if (field(bridge, 'loadSharing') !== true || list(bridge, 'vlans').length > 0) return [];
  return [{ path: [...path, 'vlans'], problem: 'sharing load takes VLANs for a second load group' }];
}

function lonelyChannel(bridge: unknown, path: readonly (string | number)[]): PathProblem[] {
  if (field(bridge, 'controlChannel') === undefined || list(bridge, 'vioses').length === 2) return [];
  return [{ path: [...path, 'controlChannel'], problem: 'takes two VIOSes' }];
}

function devicesOf(system: unknown, name: string): number {
  const vios = list(system, 'vioses').find((candidate) => text(candidate, 'name') === name);
  const count = field(vios, 'ethernetDevices');
  return typeof count === 'number' ? count : 4;
}
