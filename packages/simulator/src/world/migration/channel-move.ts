import { modified } from '../changes.js';
import { type FibreChannelMapping, mappingsOfClient } from '../fibre-channel-mapping.js';
import { availablePorts, type FibreChannelPort } from '../fibre-channel-port.js';
import { addMapping, removeChannelsOf } from '../fibre-channel-update.js';
import type { LogicalPartition } from '../partition.js';
import { visibleLuns } from '../storage-array.js';
import type { VirtualIOServer } from '../vios.js';
import type { World } from '../world.js';
import type { HostRequest, MigrationRequest } from './migration-plan.js';
import { candidateVioses, Spread, sameSlot, unknownSlots } from './target-vios.js';

/** A pair of virtual Fibre Channel adapters, and who will serve it through which port. */
export interface ChannelMove {
  readonly mapping: FibreChannelMapping;
  readonly vios: VirtualIOServer;
  /** Undefined for a pair that nothing backs. */
  readonly port: FibreChannelPort | undefined;
  readonly serverSlot: number | undefined;
}

export function planChannelMoves(
  world: World,
  partition: LogicalPartition,
  request: MigrationRequest,
): { moves: ChannelMove[]; problems: string[] } {
  const mappings = mappingsOfClient(partition);
  const problems = unknownSlots(
    'Fibre Channel',
    request.fibreChannel,
    mappings.map(({ remoteSlot }) => remoteSlot),
  );
  const spread = new Spread();
  const moves: ChannelMove[] = [];
  for (const mapping of mappings) {
    const asked = request.fibreChannel.find(({ clientSlot }) => clientSlot === mapping.remoteSlot);
    const offers = offersFor(world, mapping, request, asked, moves);
    const source = [...partition.system.vioses].find((vios) => vios.fibreChannelMappings.includes(mapping));
    const vios =
      source === undefined
        ? undefined
        : spread.choose(
            source,
            offers.map((offer) => offer.vios),
          );
    const offer = offers.find((candidate) => candidate.vios === vios);
    if (offer === undefined) {
      problems.push(
        `HSCLA319 No VIOS of system ${request.target.name} can host the virtual Fibre Channel adapter in slot ${mapping.remoteSlot}: none has a free port from which ${mapping.wwpns[1]} sees what ${mapping.wwpns[0]} sees.`,
      );
      continue;
    }
    moves.push(offer);
    if (offer.serverSlot !== undefined && offer.vios.slots.has(offer.serverSlot))
      problems.push(`Virtual slot ${offer.serverSlot} of VIOS ${offer.vios.name} is already in use.`);
  }
  return { moves, problems };
}

/** Makes the pairs on the target: the second WWPN, which logged in there, comes first from now on. */
export function makeChannels(world: World, shell: LogicalPartition, moves: readonly ChannelMove[]): void {
  for (const { mapping, vios, port, serverSlot } of moves) {
    const [first, second] = mapping.wwpns;
    addMapping(vios, {
      partition: shell.uuid,
      serverSlot: serverSlot ?? sameSlot(vios, mapping.serverSlot),
      clientSlot: mapping.remoteSlot,
      wwpns: [second, first],
      portName: port?.name,
    });
    modified(world, vios, 'VirtualFibreChannelMappings');
  }
}

/** Removes every pair of the partition from the VIOSes of its system. */
export function removeChannels(world: World, partition: LogicalPartition): void {
  for (const vios of partition.system.vioses)
    removeChannelsOf(world, vios, ({ client }) => client === partition);
}

/** Every port that would do, the emptiest of each VIOS first. */
function offersFor(
  world: World,
  mapping: FibreChannelMapping,
  request: MigrationRequest,
  asked: HostRequest | undefined,
  planned: readonly ChannelMove[],
): ChannelMove[] {
  const serverSlot = asked?.viosSlot;
  return candidateVioses(request.target, asked).flatMap((vios): ChannelMove[] => {
    if (mapping.port === undefined) return [{ mapping, vios, port: undefined, serverSlot }];
    const free = (port: FibreChannelPort): number =>
      availablePorts(vios, port) - planned.filter((move) => move.port === port).length;
    return vios.fibreChannelPorts
      .filter((port) => asked?.port === undefined || port.name === asked.port)
      .filter((port) => port.totalPorts > 0 && free(port) > 0 && seesTheSame(world, mapping, port))
      .toSorted((left, right) => free(right) - free(left))
      .map((port) => ({ mapping, vios, port, serverSlot }));
  });
}

function seesTheSame(world: World, mapping: FibreChannelMapping, port: FibreChannelPort): boolean {
  const [first, second] = mapping.wwpns;
  if (mapping.port === undefined || port.fabric !== mapping.port.fabric) return false;
  const there = visibleLuns(world.arrays, { wwpn: second, fabric: port.fabric });
  return visibleLuns(world.arrays, { wwpn: first, fabric: mapping.port.fabric }).every((lun) =>
    there.includes(lun),
  );
}
