import type { ManagedSystem } from '../../world/managed-system.js';
import type { HostRequest, MigrationRequest } from '../../world/migration/migration-plan.js';
import type { VnicRequest } from '../../world/migration/vnic-move.js';
import { invalid } from '../../world/refusal.js';
import { GRANULARITY } from '../../world/sriov.js';

/** Protocol reference 4.5; VirtualVNICMappings is from IBM's documentation of the job. */
export const migrationParameters = {
  TargetManagedSystemName: 'any',
  TargetRemoteHMCIPAddress: 'any',
  TargetRemoteHMCUserID: 'any',
  VirtualFCMappings: 'any',
  VirtualSCSIMappings: 'any',
  VlanMappings: 'any',
  DestMSPIPaddr: 'any',
  SourceMSPIPaddr: 'any',
  SharedProcPoolID: 'any',
  PMEMVolumes: 'any',
  VirtualVNICMappings: 'any',
  OVSOverride: ['1', '2'],
  VLANBridgeOverride: ['1', '2'],
  Affinity: ['true', 'false'],
} as const;

type Parameters = ReadonlyMap<string, string>;

/** Throws a `Refusal` for a parameter that cannot be understood. */
export function readMigration(target: ManagedSystem, parameters: Parameters): MigrationRequest {
  return {
    target,
    scsi: listOf(parameters, 'VirtualSCSIMappings').map((text) => readHost('VirtualSCSIMappings', text, 4)),
    fibreChannel: listOf(parameters, 'VirtualFCMappings').map((text) =>
      readHost('VirtualFCMappings', text, 5),
    ),
    vlans: new Map(listOf(parameters, 'VlanMappings').map(readVlans)),
    sourceMovers: listOf(parameters, 'SourceMSPIPaddr'),
    targetMovers: listOf(parameters, 'DestMSPIPaddr'),
    poolId: optionalNumber('SharedProcPoolID', parameters.get('SharedProcPoolID')),
    vnics: listOf(parameters, 'VirtualVNICMappings').map(readVnic),
    memoryVolumes: new Map(listOf(parameters, 'PMEMVolumes').map(readMemoryVolume)),
    allowOtherNetworkHost: parameters.get('OVSOverride') === '2',
    skipVlanCheck: parameters.get('VLANBridgeOverride') === '2',
    checkAffinity: parameters.get('Affinity') === 'true',
  };
}

function listOf(parameters: Parameters, name: string): string[] {
  const text = parameters.get(name)?.trim() ?? '';
  return text === '' ? [] : text.split(',').map((part) => part.trim());
}

/** `clientSlot/viosName/viosId[/[viosSlot][/[fcPort]]]`: slashes are positional. */
function readHost(parameter: string, text: string, most: number): HostRequest {
  const parts = text.split('/');
  const [slot, viosName = '', viosId, viosSlot, port = ''] = parts;
  const clientSlot = optionalNumber(parameter, slot);
  if (parts.length < 3 || parts.length > most || clientSlot === undefined)
    throw invalid(
      `${parameter}: "${text}" is not slot/VIOS name/VIOS id${most === 5 ? '/slot/port' : '/slot'}.`,
    );
  if (viosName === '' && (viosId ?? '') === '') throw invalid(`${parameter}: "${text}" names no VIOS.`);
  return {
    clientSlot,
    viosName: viosName === '' ? undefined : viosName,
    viosId: optionalNumber(parameter, viosId),
    viosSlot: optionalNumber(parameter, viosSlot),
    port: port === '' ? undefined : port,
  };
}

/** `MAC/PVID[/VLAN VLAN…]` */
function readVlans(text: string): [string, { portVlan: number; tagged: number[] }] {
  const match = /^([0-9a-f]{12})\/(\d+)(?:\/([\d ]*))?$/i.exec(text);
  if (match === null) throw invalid(`VlanMappings: "${text}" is not MAC/PVID or MAC/PVID/VLANs.`);
  const [, mac = '', portVlan, tagged = ''] = match;
  const numbers = tagged
    .split(' ')
    .filter((part) => part !== '')
    .map(Number);
  return [mac.toUpperCase(), { portVlan: Number(portVlan), tagged: numbers }];
}

/** `slot/ded/[VIOS name]/[VIOS id]/[adapter]/[port]/[capacity][/source adapter/source port]` */
function readVnic(text: string): VnicRequest {
  const parameter = 'VirtualVNICMappings';
  const parts = text.split('/');
  const [slot, kind, viosName = '', ...numbers] = parts;
  const clientSlot = optionalNumber(parameter, slot);
  if (clientSlot === undefined || kind !== 'ded' || parts.length > 9 || parts.length === 8)
    throw invalid(
      `${parameter}: "${text}" is not slot/ded/VIOS name/VIOS id/adapter/port/capacity[/source adapter/source port].`,
    );
  const [viosId, adapterId, portId, capacity, sourceAdapter, sourcePort] = numbers.map((part) =>
    optionalNumber(parameter, part.replace(/\.0+$/, '')),
  );
  if (portId !== undefined && adapterId === undefined)
    throw invalid(`${parameter}: "${text}" names a port without its adapter.`);
  if ((capacity ?? GRANULARITY) % GRANULARITY !== 0 || capacity === 0)
    throw invalid(`${parameter}: capacity ${capacity} % is not a multiple of ${GRANULARITY} %.`);
  const source =
    sourceAdapter === undefined || sourcePort === undefined
      ? undefined
      : { adapterId: sourceAdapter, portId: sourcePort };
  return { clientSlot, viosName: viosName || undefined, viosId, adapterId, portId, capacity, source };
}

/** `name/name on the target` */
function readMemoryVolume(text: string): [string, string] {
  const [from = '', to = '', ...more] = text.split('/');
  if (from === '' || to === '' || more.length > 0)
    throw invalid(`PMEMVolumes: "${text}" is not name/name on the target.`);
  return [from, to];
}

function optionalNumber(parameter: string, text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (!/^\d+$/.test(text)) throw invalid(`${parameter}: "${text}" is not a number.`);
  return Number(text);
}
