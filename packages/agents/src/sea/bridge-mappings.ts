import { AgentError } from '../errors.js';

/** One entry of `bridge_mappings`: a physical network and the shared Ethernet adapter that leads to it. */
export interface BridgeMapping {
  readonly physicalNetwork: string;
  /** `ent5` */
  readonly sea: string;
  /** Partition name. */
  readonly vios: string;
}

/** A network bridge as far as mappings are concerned. */
export interface MappableBridge {
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly adapters: readonly { readonly device: string; readonly vios: string }[];
}

/** Physical network → network bridge. */
export type ResolvedMappings = ReadonlyMap<string, { readonly bridge: string; readonly name: string }>;

const FORMAT =
  'bridge_mappings in [AGENT] is a comma-separated list of network:adapter:vios, such as default:ent5:vios1';

/**
 * Reads `default:ent5:vios_1,speedy:ent6:vios_1` (SEAA-1).
 *
 * @throws AgentError AGENT_CONFIG
 */
export function parseBridgeMappings(text: string): BridgeMapping[] {
  const entries = text.split(',').map((entry) => entry.trim());
  const mappings = entries.filter((entry) => entry !== '').map(parseEntry);
  const seen = new Set<string>();
  for (const { physicalNetwork } of mappings) {
    if (seen.has(physicalNetwork))
      throw new AgentError('AGENT_CONFIG', `physical network ${physicalNetwork} is mapped twice; ${FORMAT}`);
    seen.add(physicalNetwork);
  }
  return mappings;
}

function parseEntry(entry: string): BridgeMapping {
  const [physicalNetwork = '', sea = '', vios = '', ...rest] = entry.split(':').map((part) => part.trim());
  if (physicalNetwork === '' || sea === '' || vios === '' || rest.length > 0)
    throw new AgentError('AGENT_CONFIG', `"${entry}" cannot be read; ${FORMAT}`);
  return { physicalNetwork, sea, vios };
}

/**
 * Finds the bridge of each mapping (SEAA-1, SEAA-2, SEAA-3). Without mappings the only bridge serves the physical
 * network `default`; the caller warns about that.
 *
 * @throws AgentError AGENT_DEVICE_NOT_FOUND, AGENT_CONFIG, AGENT_SYSTEM
 */
export function resolveMappings(
  mappings: readonly BridgeMapping[],
  bridges: readonly MappableBridge[],
): ResolvedMappings {
  if (bridges.length === 0)
    throw new AgentError(
      'AGENT_SYSTEM',
      'the system has no network bridge: create a shared Ethernet adapter first',
    );
  if (mappings.length === 0) return new Map([['default', onlyBridge(bridges)]]);
  const resolved = new Map<string, { readonly bridge: string; readonly name: string }>();
  for (const mapping of mappings) {
    const found = find(mapping, bridges);
    const [other] = [...resolved].find(([, { bridge }]) => bridge === found.bridge) ?? [];
    if (other !== undefined) throw mappedTogether(other, mapping.physicalNetwork, found.name);
    resolved.set(mapping.physicalNetwork, found);
  }
  return resolved;
}

/** Neutron gives each physical network VLANs of its own; on one bridge a VLAN of both would join strangers. */
function mappedTogether(one: string, other: string, bridge: string): AgentError {
  return new AgentError(
    'AGENT_CONFIG',
    `bridge_mappings maps physical networks ${one} and ${other} to one bridge, ${bridge}: their VLANs would be one; ` +
      'give each a bridge of its own, or make them one physical network',
  );
}

function find({ physicalNetwork, sea, vios }: BridgeMapping, bridges: readonly MappableBridge[]) {
  const found = bridges.find((bridge) =>
    bridge.adapters.some((adapter) => adapter.device === sea && adapter.vios === vios),
  );
  if (found) return { bridge: found.id, name: found.name };
  throw new AgentError(
    'AGENT_DEVICE_NOT_FOUND',
    `bridge_mappings maps physical network ${physicalNetwork} to ${sea} on ${vios}, but there is no such shared ` +
      `Ethernet adapter; there are ${listOf(bridges)}`,
  );
}

function onlyBridge(bridges: readonly MappableBridge[]) {
  const [first, ...more] = bridges;
  if (first && more.length === 0) return { bridge: first.id, name: first.name };
  throw new AgentError(
    'AGENT_CONFIG',
    `the system has several network bridges (${listOf(bridges)}); ${FORMAT}`,
  );
}

function listOf(bridges: readonly MappableBridge[]): string {
  return bridges.map((bridge) => bridge.name).join('; ');
}
