import type { Behaviour } from '../world/behaviour.js';
import { discoverLun } from '../world/lun-discovery.js';
import { notFound } from '../world/refusal.js';
import { type ArrayLun, isVisible } from '../world/storage-array.js';
import { usersOf } from '../world/storage-use.js';
import type { VirtualIOServer } from '../world/vios.js';
import type { World } from '../world/world.js';
import type { JobKind } from './job-kind.js';
import { inventoryOutput, luaOutput, type Nexus, readLuaRequest } from './lua-document.js';
import { viosOfJob } from './vios-of-job.js';

export const luaBehaviours: readonly Behaviour[] = [
  {
    id: 'lua.status',
    does: 'LUARecovery answers 3 for a disk that all paths lead to, 8 when only some do, 1 when it is mapped or owned, 6 when none does',
    evidence: 'protocol reference 4.6 (meaning of the codes); which one a VIOS prefers is assumed',
  },
  {
    id: 'lua.lun',
    does: 'logical unit addresses are read in peripheral, flat and 32-bit form; a LUN that two arrays export under the same number is told apart by the target',
    assumed: 'no capture of an address beyond 255',
  },
];

/** Protocol reference 4.6 and 8.7. */
export const luaRecoveryJob: JobKind = {
  group: 'VirtualIOServer',
  operation: 'LUARecovery',
  of: 'object',
  parameters: { inputXML: 'any' },
  run: async (run) => {
    const vios = viosOfJob(run);
    const request = readLuaRequest(run.parameters.get('inputXML') ?? '');
    const output =
      request.kind === 'inventory' ? describe(vios, request.udid) : discover(run.world, vios, request.paths);
    return { OutputXML: output };
  },
};

function describe(vios: VirtualIOServer, udid: string): string {
  const volume = vios.physicalVolumes.find((candidate) => candidate.udid === udid);
  if (volume === undefined) throw notFound(`VIOS ${vios.name} has no physical volume ${udid}.`);
  return inventoryOutput(volume.page83, volume.name);
}

function discover(world: World, vios: VirtualIOServer, paths: readonly Nexus[]): string {
  const found = paths.map((path) => ({ path, lun: lunAt(world, vios, path) }));
  const lun = found.find((candidate) => candidate.lun !== undefined)?.lun;
  if (lun === undefined)
    return luaOutput({ status: 6, message: 'None of the ITLs leads to a logical unit.' });
  const port = vios.fibreChannelPorts.find(({ wwpn }) =>
    found.some((candidate) => candidate.lun === lun && candidate.path.initiator === wwpn),
  );
  const volume = discoverLun(world, vios, lun, port);
  const facts = { name: volume.name, udid: volume.udid };
  const held = volume.group !== undefined || volume.owner !== undefined;
  if (held || usersOf(vios, volume.udid).length > 0)
    return luaOutput({ ...facts, status: 1, message: `${volume.name} is already in use.` });
  if (found.some((candidate) => candidate.lun !== lun))
    return luaOutput({ ...facts, status: 8, message: `${volume.name} was found with ITL errors.` });
  return luaOutput({ ...facts, status: 3, message: `${volume.name} is available.` });
}

function lunAt(world: World, vios: VirtualIOServer, path: Nexus): ArrayLun | undefined {
  const initiator = vios.fibreChannelPorts.find((port) => port.wwpn === path.initiator);
  if (initiator === undefined) return undefined;
  return world.arrays
    .flatMap((array) => array.luns)
    .find((lun) => lun.id === path.lun && isVisible(lun, initiator, path.target));
}
