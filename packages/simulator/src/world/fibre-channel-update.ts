import type { Behaviour } from './behaviour.js';
import { modified } from './changes.js';
import type { FibreChannelMapping } from './fibre-channel-mapping.js';
import { availablePorts, type FibreChannelPort } from './fibre-channel-port.js';
import { allPartitions } from './managed-system.js';
import { requireSettled } from './migration/migration.js';
import { type AnyPartition, isOff } from './partition.js';
import { conflict, invalid, notFound } from './refusal.js';
import type { VirtualIOServer } from './vios.js';
import type { World } from './world.js';

export const fibreChannelBehaviours: readonly Behaviour[] = [
  {
    id: 'vfc.declarative',
    does: 'virtual Fibre Channel mappings without server slot are added, missing ones removed with both adapters; a posted Port is attached, a missing one detached',
    evidence: 'protocol reference 3.15 and 8.9',
  },
  {
    id: 'vfc.wwpns',
    does: 'a new mapping without WWPNs gets the next pair of the system; WWPNs of another mapping are refused',
    assumed: 'protocol reference 3.15: the server generates a pair; the refusal is ours',
  },
  {
    id: 'vfc.ports',
    does: 'a port carries as many virtual ports as TotalPorts says',
    assumed: 'protocol reference 8.9 reads AvailablePorts that way; the refusal is ours',
  },
];

/** A VirtualFibreChannelMapping of a posted VIOS, as written by the client. */
export interface ChannelRequest {
  /** UUID that ends the href of AssociatedLogicalPartition. */
  readonly partition: string | undefined;
  /** Undefined for a new mapping. */
  readonly serverSlot: number | undefined;
  readonly clientSlot: number | undefined;
  readonly wwpns: readonly string[];
  readonly portName: string | undefined;
}

/** Checks the posted list; calling the answer brings the VIOS to it. A `Refusal` leaves everything as it was. */
export function planChannels(
  world: World,
  vios: VirtualIOServer,
  requests: readonly ChannelRequest[],
): () => void {
  const kept = new Map<FibreChannelMapping, ChannelRequest>();
  const added: ChannelRequest[] = [];
  for (const request of requests) {
    const mapping = vios.fibreChannelMappings.find((candidate) => isMeant(candidate, request));
    if (mapping !== undefined) kept.set(mapping, request);
    else if (request.serverSlot === undefined) added.push(request);
    else
      throw invalid(`VIOS ${vios.name} has no virtual Fibre Channel adapter in slot ${request.serverSlot}.`);
  }
  const removed = vios.fibreChannelMappings.filter((mapping) => !kept.has(mapping));
  const moved = [...kept].filter(([mapping, request]) => mapping.port?.name !== request.portName);
  checkPorts(vios, [...moved.map(([, request]) => request), ...added]);
  for (const request of added) checkNew(vios, request, removed);
  for (const { client } of [...removed, ...moved.map(([mapping]) => mapping)])
    if (client !== undefined) requireSettled(client);
  if (removed.length + moved.length + added.length === 0) return () => {};
  return () => {
    for (const mapping of removed) release(vios, mapping);
    for (const [mapping, request] of moved) mapping.port = portNamed(vios, request.portName);
    const made = added.map((request) => addMapping(vios, request));
    modified(world, vios, 'VirtualFibreChannelMappings');
    const clients = [...removed, ...moved.map(([mapping]) => mapping), ...made];
    for (const client of new Set(clients.flatMap((mapping) => mapping.client ?? [])))
      modified(world, client, 'Other');
  };
}

/** Removes the mappings of a VIOS that the test picks. */
export function removeChannelsOf(
  world: World,
  vios: VirtualIOServer,
  test: (mapping: FibreChannelMapping) => boolean,
): void {
  const chosen = vios.fibreChannelMappings.filter(test);
  if (chosen.length === 0) return;
  for (const mapping of chosen) release(vios, mapping);
  modified(world, vios, 'VirtualFibreChannelMappings');
  for (const client of new Set(chosen.flatMap((mapping) => mapping.client ?? [])))
    modified(world, client, 'Other');
}

/** Removes a mapping with both adapters. */
function release(vios: VirtualIOServer, mapping: FibreChannelMapping): void {
  vios.fibreChannelMappings.splice(vios.fibreChannelMappings.indexOf(mapping), 1);
  vios.slots.release(mapping.serverSlot);
  vios.deviceNumbers.vfchost.release(mapping.number);
  mapping.client?.slots.release(mapping.remoteSlot);
}

export function addMapping(vios: VirtualIOServer, request: ChannelRequest): FibreChannelMapping {
  const client = clientOf(vios, request);
  const whose = `partition ${client.name}`;
  const remoteSlot =
    request.clientSlot === undefined
      ? client.slots.takeNext(whose)
      : client.slots.take(request.clientSlot, whose);
  const number = vios.deviceNumbers.vfchost.next();
  const mapping: FibreChannelMapping = {
    name: `vfchost${number}`,
    number,
    serverSlot:
      request.serverSlot === undefined
        ? vios.slots.takeNext(`VIOS ${vios.name}`)
        : vios.slots.take(request.serverSlot, `VIOS ${vios.name}`),
    remoteId: client.id,
    remoteSlot,
    client,
    wwpns: pairOf(request) ?? vios.system.wwpns.takePair(),
    port: portNamed(vios, request.portName),
  };
  vios.fibreChannelMappings.push(mapping);
  return mapping;
}

/** The server slot decides; a client that only knows the WWPNs means the mapping that has them. */
function isMeant(mapping: FibreChannelMapping, request: ChannelRequest): boolean {
  if (request.serverSlot !== undefined) return mapping.serverSlot === request.serverSlot;
  return request.wwpns.length === 2 && request.wwpns.every((wwpn) => mapping.wwpns.includes(wwpn));
}

function checkPorts(vios: VirtualIOServer, requests: readonly ChannelRequest[]): void {
  const wanted = new Map<FibreChannelPort, number>();
  for (const { portName } of requests) {
    const port = portNamed(vios, portName);
    if (port !== undefined) wanted.set(port, (wanted.get(port) ?? 0) + 1);
  }
  for (const [port, count] of wanted) {
    if (count > availablePorts(vios, port))
      throw conflict(`Port ${port.name} of VIOS ${vios.name} has no virtual port left.`);
  }
}

function checkNew(
  vios: VirtualIOServer,
  request: ChannelRequest,
  removed: readonly FibreChannelMapping[],
): void {
  const client = clientOf(vios, request);
  if (client === vios) throw invalid(`VIOS ${vios.name} cannot be its own client.`);
  requireSettled(client);
  if (!isOff(vios) && vios.rmc !== 'active' && vios.rmc !== 'busy')
    throw conflict(
      `The RMC connection of VIOS ${vios.name} is ${vios.rmc}: no virtual adapter can be added.`,
    );
  const bad = request.wwpns.find((wwpn) => !/^[0-9a-f]{16}$/.test(wwpn));
  if (bad !== undefined || ![0, 2].includes(request.wwpns.length))
    throw invalid(`WWPNs "${request.wwpns.join(' ')}" are not a pair of 16 hexadecimal digits each.`);
  for (const other of vios.system.vioses) {
    const holder = other.fibreChannelMappings.find(
      (mapping) => !removed.includes(mapping) && mapping.wwpns.some((wwpn) => request.wwpns.includes(wwpn)),
    );
    if (holder !== undefined)
      throw conflict(`WWPNs ${holder.wwpns.join(' ')} belong to ${holder.name} of VIOS ${other.name}.`);
  }
}

function clientOf(vios: VirtualIOServer, { partition }: ChannelRequest): AnyPartition {
  if (partition === undefined)
    throw invalid('A new VirtualFibreChannelMapping needs AssociatedLogicalPartition.');
  const found = allPartitions(vios.system).find(({ uuid }) => uuid === partition.toUpperCase());
  if (found === undefined)
    throw notFound(`There is no partition ${partition} in system ${vios.system.name}.`);
  return found;
}

function portNamed(vios: VirtualIOServer, name: string | undefined): FibreChannelPort | undefined {
  if (name === undefined) return undefined;
  const port = vios.fibreChannelPorts.find((candidate) => candidate.name === name);
  if (port === undefined) throw notFound(`VIOS ${vios.name} has no Fibre Channel port ${name}.`);
  if (port.totalPorts === 0) throw conflict(`Port ${name} of VIOS ${vios.name} cannot carry virtual ports.`);
  return port;
}

function pairOf({ wwpns: [first, second] }: ChannelRequest): [string, string] | undefined {
  return first === undefined || second === undefined ? undefined : [first, second];
}
