import type { Behaviour } from './behaviour.js';
import { modified } from './changes.js';
import type { AnyPartition } from './partition.js';
import { linuxNumber, type ScsiAdapterPair, type ScsiMapping } from './scsi-mapping.js';
import {
  type Admission,
  type MappingPlan,
  type MappingRequest,
  type MappingStep,
  planMappings,
} from './scsi-plan.js';
import { makeTarget, releaseTarget } from './scsi-target.js';
import type { VirtualIOServer } from './vios.js';
import type { World } from './world.js';

export const scsiBehaviours: readonly Behaviour[] = [
  {
    id: 'scsi.declarative',
    does: 'mappings without server data are added, missing ones removed, and their adapters with the last target',
    evidence: 'protocol reference 3.14 and checklist item 7',
  },
  {
    id: 'scsi.completed',
    does: 'adapters get slots, DRC names, location codes, vhostN and UDIDs; targets get LUA from 0x81 on, vtscsiN or vtoptN, UDIDs',
    evidence: 'captures fake_vios_feed2.txt, vio_multi_vscsi_mapping.txt',
  },
  {
    id: 'scsi.donor-slot',
    does: 'a copied adapter pair whose client slot was overwritten becomes a new bus at that slot',
    assumed: 'protocol reference 3.14 describes such documents, no answer to one is recorded',
  },
];

/** Brings the VIOS to the posted list of mappings. A `Refusal` leaves it as it was. */
export function updateMappings(
  world: World,
  vios: VirtualIOServer,
  requests: readonly MappingRequest[],
  admit?: Admission,
): boolean {
  const plan = planMappings(vios, requests, admit);
  if (plan.removed.length === 0 && plan.steps.every((step) => step.step === 'keep')) return false;
  const undo: (() => void)[] = [];
  try {
    const clients = apply(world, vios, plan, undo);
    modified(world, vios, 'VirtualSCSIMappings');
    for (const client of clients) modified(world, client, 'Other');
    return true;
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
}

/** Slots can run out half way: what was taken until then is in `undo`. */
function apply(
  world: World,
  vios: VirtualIOServer,
  plan: MappingPlan,
  undo: (() => void)[],
): Set<AnyPartition> {
  const clients = new Set<AnyPartition>();
  const before = [...vios.scsiMappings];
  undo.push(() => vios.scsiMappings.splice(0, vios.scsiMappings.length, ...before));
  const removed = new Set(plan.removed);
  const added: ScsiMapping[] = [];
  for (const step of plan.steps) {
    const mapping = applyStep(world, vios, step, [...before, ...added], undo);
    if (mapping !== undefined) added.push(mapping);
  }
  vios.scsiMappings.splice(0, vios.scsiMappings.length, ...before.filter((m) => !removed.has(m)), ...added);
  for (const mapping of plan.removed) release(vios, mapping);
  for (const mapping of [...plan.removed, ...added]) {
    if (mapping.adapters.client !== undefined) clients.add(mapping.adapters.client);
  }
  return clients;
}

function applyStep(
  world: World,
  vios: VirtualIOServer,
  step: MappingStep,
  all: readonly ScsiMapping[],
  undo: (() => void)[],
): ScsiMapping | undefined {
  switch (step.step) {
    case 'keep':
      return undefined;
    case 'change media': {
      const before = step.mapping.storage;
      step.mapping.storage = step.storage;
      undo.push(() => {
        step.mapping.storage = before;
      });
      return undefined;
    }
    case 'empty bus':
      return { adapters: step.adapters, storage: undefined, target: undefined };
    case 'add target': {
      const { adapters, storage } = step;
      const bus = all.filter((mapping) => mapping.adapters === adapters);
      const target = makeTarget(world, { vios, adapters, bus, undo }, storage, step.target);
      return { adapters, storage, target };
    }
    case 'new bus': {
      const { storage } = step;
      const adapters = makeBus(vios, step, undo);
      const place = { vios, adapters, bus: [], undo };
      const target = storage === undefined ? undefined : makeTarget(world, place, storage, step.target);
      return { adapters, storage, target };
    }
  }
}

function makeBus(
  vios: VirtualIOServer,
  step: Extract<MappingStep, { step: 'new bus' }>,
  undo: (() => void)[],
): ScsiAdapterPair {
  const serverSlot = takeSlot(vios, step.serverSlot, undo);
  const remoteSlot = takeSlot(step.client, step.clientSlot, undo);
  const number = vios.deviceNumbers.vhost.next();
  undo.push(() => vios.deviceNumbers.vhost.release(number));
  return {
    name: vios.isManagement ? linuxNumber(serverSlot) : `vhost${number}`,
    number,
    serverSlot,
    remoteId: step.client.id,
    remoteSlot,
    client: step.client,
  };
}

function takeSlot(partition: AnyPartition, wanted: number | undefined, undo: (() => void)[]): number {
  const whose = `partition ${partition.name}`;
  const slot = wanted === undefined ? partition.slots.takeNext(whose) : partition.slots.take(wanted, whose);
  undo.push(() => partition.slots.release(slot));
  return slot;
}

/** An optical drive without media on a bus, as a migration brings it along. */
export function addEmptyDrive(
  world: World,
  vios: VirtualIOServer,
  adapters: ScsiAdapterPair,
  address: string | undefined,
): void {
  const bus = vios.scsiMappings.filter((mapping) => mapping.adapters === adapters);
  const request = { udid: undefined, name: undefined, address };
  const target = makeTarget(world, { vios, adapters, bus, undo: [] }, undefined, request);
  const empty = bus.find((mapping) => mapping.storage === undefined && mapping.target === undefined);
  if (empty === undefined) vios.scsiMappings.push({ adapters, storage: undefined, target });
  else empty.target = target;
}

/** Frees the target's number and, with the last mapping of the bus, its adapters. */
function release(vios: VirtualIOServer, mapping: ScsiMapping): void {
  const { target, adapters } = mapping;
  if (target !== undefined) releaseTarget(vios, target);
  if (vios.scsiMappings.some((other) => other.adapters === adapters)) return;
  vios.slots.release(adapters.serverSlot);
  vios.deviceNumbers.vhost.release(adapters.number);
  adapters.client?.slots.release(adapters.remoteSlot);
}
