import type { Behaviour } from './behaviour.js';
import { added, deleted, modified } from './changes.js';
import { nameUuid } from './identity.js';
import { tierFreeGb } from './pool-capacity.js';
import { conflict, invalid, notFound } from './refusal.js';
import {
  clonesOf,
  type LogicalUnit,
  type SharedStoragePool,
  type Tier,
  type UnitType,
  unitsOf,
  usersOfUnit,
} from './shared-storage-pool.js';
import { BYTES_PER_GB } from './volume-group.js';
import type { World } from './world.js';

export const logicalUnitBehaviours: readonly Behaviour[] = [
  {
    id: 'lu.defaults',
    does: 'a unit without ThinDevice is thin, one without LogicalUnitType is a disk',
    evidence: 'protocol reference 3.18: clients leave both out',
  },
  {
    id: 'lu.udid',
    does: 'UDIDs are 27 (29 for images), the cluster id and 32 hex digits',
    evidence: 'capture lufeed.txt',
  },
  {
    id: 'lu.clone',
    does: 'ClonedFrom makes a unit that shares the bytes of its source until either is written; it is at least as large, and in the same tier',
    assumed: 'protocol reference 3.18 for ClonedFrom; sharing and the tier rule are ours',
  },
  {
    id: 'lu.linked-clone',
    does: 'the job LULinkedClone lets a unit that exists already share the bytes of another one, and answers with a status only',
    evidence:
      'IBM HMC REST API documentation, LULinkedClone_Cluster; pypowervm change Ic11d73ed; capture cluster_LULinkedClone_job_template.txt',
  },
  {
    id: 'lu.linked-clone.rules',
    does: 'its destination is a thin disk of the same tier, at least as large as the source, that nobody has mapped and nothing was cloned from; what it held is lost',
    assumed: 'the client of that time made such units for the job; the refusals are ours',
  },
  {
    id: 'lu.grow',
    does: 'an update with a larger UnitCapacity makes the unit larger, mapped or not; a smaller one is refused',
    assumed:
      'protocol reference 1.9 lists POST for logical units and 3.18 marks UnitCapacity as given at creation; no growth is recorded',
  },
  {
    id: 'lu.delete',
    does: 'a unit that is mapped, or that other units were cloned from, cannot be deleted',
    assumed: 'clients delete an image only when no clone remains (protocol reference 8.6)',
  },
];

export interface UnitPlan {
  readonly name: string;
  readonly capacityGb: number | undefined;
  readonly thin: boolean;
  readonly type: UnitType;
  /** UDID; the two-digit prefix does not count (protocol reference 3.18). */
  readonly clonedFrom: string | undefined;
}

/** Throws a `Refusal` when the plan breaks a rule; nothing is changed then. */
export function createUnit(world: World, tier: Tier, plan: UnitPlan): LogicalUnit {
  if (!/^[\w.:\- ]{1,127}$/.test(plan.name))
    throw invalid(`"${plan.name}" cannot be the name of a logical unit.`);
  const source = plan.clonedFrom === undefined ? undefined : findSource(tier, plan.clonedFrom);
  const capacityGb = Math.max(plan.capacityGb ?? 0, source?.capacityGb ?? 0);
  if (!(capacityGb > 0)) throw invalid(`UnitCapacity ${plan.capacityGb} of ${plan.name} is not a size.`);
  const free = tierFreeGb(world, tier);
  if (!plan.thin && capacityGb > free)
    throw conflict(`Tier ${tier.name} has ${free.toFixed(2)} GB free; ${capacityGb} GB would be needed.`);
  const prefix = plan.type === 'VirtualIO_Image' ? '29' : '27';
  const udid = `${prefix}${tier.pool.cluster.serial}${world.random.hex(32)}`;
  makeBytes(world, source, udid, capacityGb);
  const unit: LogicalUnit = {
    kind: 'LogicalUnit',
    uuid: nameUuid(`lu/${udid}`),
    tier,
    name: plan.name,
    udid,
    type: plan.type,
    thin: plan.thin,
    capacityGb,
    clonedFrom: source?.udid,
    createdAt: world.clock.now(),
  };
  tier.units.splice(world.random.integer(0, tier.units.length), 0, unit);
  added(world, unit);
  modified(world, tier.pool, 'Other');
  return unit;
}

/** Makes a unit larger. Throws a `Refusal` when it would become smaller or does not fit. */
export function growUnit(world: World, unit: LogicalUnit, capacityGb: number): void {
  if (capacityGb === unit.capacityGb) return;
  if (capacityGb < unit.capacityGb)
    throw invalid(
      `Logical unit ${unit.name} has ${unit.capacityGb} GB and cannot be made smaller (${capacityGb}).`,
    );
  const more = capacityGb - unit.capacityGb;
  const free = tierFreeGb(world, unit.tier);
  if (!unit.thin && more > free)
    throw conflict(`Tier ${unit.tier.name} has ${free.toFixed(2)} GB free; ${more} GB would be needed.`);
  world.bytes.resize(unit.udid, sizeBytes(capacityGb));
  unit.capacityGb = capacityGb;
  modified(world, unit, 'Other');
}

/** Lets a unit start anew with the bytes of another one, by their UDIDs. Throws a `Refusal`; nothing is changed then. */
export function linkUnit(world: World, pool: SharedStoragePool, from: string, to: string): void {
  const target = unitsOf(pool).find(({ udid }) => udid === to);
  if (target === undefined) throw notFound(`Shared storage pool ${pool.name} has no logical unit ${to}.`);
  const source = findSource(target.tier, from);
  const why = whyNoLink(source, target);
  if (why !== undefined)
    throw conflict(`Logical unit ${target.name} cannot become a clone of ${source.name}: ${why}.`);
  makeBytes(world, source, target.udid, target.capacityGb);
  target.clonedFrom = source.udid;
  modified(world, target, 'Other');
  modified(world, pool, 'Other');
}

function whyNoLink(source: LogicalUnit, target: LogicalUnit): string | undefined {
  if (source === target) return 'it is the same';
  if (!target.thin || target.type !== 'VirtualIO_Disk') return 'it is no thin disk';
  if (target.capacityGb < source.capacityGb) return `it has less than ${source.capacityGb} GB`;
  if (usersOfUnit(target).length > 0) return 'it is mapped';
  return clonesOf(target).length > 0 ? 'others were cloned from it' : undefined;
}

/** Throws a `Refusal` while somebody needs the unit. */
export async function deleteUnit(world: World, unit: LogicalUnit): Promise<void> {
  const [user] = usersOfUnit(unit);
  if (user !== undefined) {
    throw conflict(
      `Logical unit ${unit.name} cannot be deleted: it is mapped to ${user.adapters.client?.name ?? `partition ${user.adapters.remoteId}`}.`,
    );
  }
  const [clone] = clonesOf(unit);
  if (clone !== undefined)
    throw conflict(`Logical unit ${unit.name} cannot be deleted: ${clone.name} was cloned from it.`);
  unit.tier.units.splice(unit.tier.units.indexOf(unit), 1);
  deleted(world, unit);
  modified(world, unit.tier.pool, 'Other');
  await world.bytes.remove(unit.udid);
}

function findSource(tier: Tier, udid: string): LogicalUnit {
  const source = unitsOf(tier.pool).find((unit) => unit.udid.slice(2) === udid.slice(2));
  if (source === undefined)
    throw notFound(`Shared storage pool ${tier.pool.name} has no logical unit ${udid}.`);
  if (source.tier !== tier)
    throw invalid(`${source.name} is in tier ${source.tier.name}; it cannot be cloned into ${tier.name}.`);
  return source;
}

function makeBytes(world: World, source: LogicalUnit | undefined, udid: string, capacityGb: number): void {
  const bytes = sizeBytes(capacityGb);
  if (source === undefined) {
    world.bytes.create(udid, bytes);
    return;
  }
  try {
    world.bytes.clone(source.udid, udid, bytes);
  } catch (error) {
    if (error instanceof RangeError) throw conflict(`${source.name} is being written and cannot be cloned.`);
    throw error;
  }
}

const sizeBytes = (gigabytes: number): number => Math.ceil((gigabytes * BYTES_PER_GB) / 512) * 512;
