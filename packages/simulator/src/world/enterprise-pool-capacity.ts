import type { Behaviour } from './behaviour.js';
import { activatedMemoryMb, activatedUnits, usedMemoryMb, usedUnits } from './capacity.js';
import { modified } from './changes.js';
import {
  type EnterprisePool,
  type EnterprisePoolMember,
  type ResourceName,
  type Resources,
  resourceNames,
} from './enterprise-pool.js';
import { conflict, invalid } from './refusal.js';
import type { World } from './world.js';

export const enterprisePoolBehaviours: readonly Behaviour[] = [
  {
    id: 'enterprise-pool.available',
    does: 'what a pool has available is its total less the Mobile CoD of its members; a member’s inactive resources are installed, but neither permanent nor mobile nor unreturned',
    evidence: 'captures enterprise_pool_feed.txt, enterprise_pool_member_feed.txt',
  },
  {
    id: 'enterprise-pool.unreturned',
    does: 'Mobile CoD that is taken from a member while its running partitions use it is unreturned until they use less; the pool may give it to another member at once',
    evidence: 'IBM’s documentation of Power enterprise pools',
  },
  {
    id: 'enterprise-pool.activated',
    does: 'partitions of a member start and grow within what is permanent and mobile',
    assumed: 'that is what activation means; texts of refusals are ours',
  },
  {
    id: 'enterprise-pool.compliance',
    does: 'unreturned resources make the pool approach out of compliance: first within the grace period of the server, then of the pool; behind both it is out of compliance and gives out nothing more',
    assumed:
      'protocol reference 3.20 has the states and remaining hours; the periods are the site’s (48 and 168 hours)',
  },
  {
    id: 'enterprise-pool.changes',
    does: 'the pool’s name and the Mobile CoD of members that this console manages can change, nothing else; the sequence number stays',
    evidence:
      'protocol reference 3.20 (UOR); IBM’s documentation: only a new configuration file has a higher sequence number',
  },
];

export type Compliance =
  | 'InCompliance'
  | 'ApproachingOutOfComplianceServer'
  | 'ApproachingOutOfCompliancePool'
  | 'OutOfCompliance';

/** What a member has in use although it was taken away. */
export function unreturnedOf({ system }: EnterprisePoolMember): Resources {
  if (system.kind === 'ForeignSystem') return { processors: 0, memoryGb: 0 };
  const units = usedUnits(system) - activatedUnits(system);
  const memoryMb = usedMemoryMb(system) - activatedMemoryMb(system);
  return {
    processors: Math.max(0, Math.ceil(units - 1e-9)),
    memoryGb: Math.max(0, Math.ceil(memoryMb / 1024)),
  };
}

export function inactiveOf(member: EnterprisePoolMember, name: ResourceName): number {
  const { installed, permanent, mobile } = member;
  return installed[name] - permanent[name] - mobile[name] - unreturnedOf(member)[name];
}

export const availableIn = (pool: EnterprisePool, name: ResourceName): number =>
  pool.total[name] - pool.members.reduce((sum, { mobile }) => sum + mobile[name], 0);

export const unreturnedIn = (pool: EnterprisePool, name: ResourceName): number =>
  pool.members.reduce((sum, member) => sum + unreturnedOf(member)[name], 0);

/** Epoch milliseconds of the oldest resources that were not returned. */
function oldest(pool: EnterprisePool): number | undefined {
  const times = pool.members.flatMap((member) =>
    resourceNames.flatMap((name) =>
      unreturnedOf(member)[name] > 0 ? (member.unreturnedSince[name] ?? []) : [],
    ),
  );
  return times.length === 0 ? undefined : Math.min(...times);
}

/** The state, and the hours until the next worse one. */
export function complianceOf(world: World, pool: EnterprisePool): { state: Compliance; hours: number } {
  const since = oldest(pool);
  if (since === undefined) return { state: 'InCompliance', hours: 0 };
  const { serverMs, poolMs } = pool.grace;
  const serverLeft = since + serverMs - world.clock.now();
  if (serverLeft > 0) return { state: 'ApproachingOutOfComplianceServer', hours: hoursOf(serverLeft) };
  const poolLeft = serverLeft + poolMs;
  if (poolLeft > 0) return { state: 'ApproachingOutOfCompliancePool', hours: hoursOf(poolLeft) };
  return { state: 'OutOfCompliance', hours: 0 };
}

/** Hours that a member has to return what it keeps; 0 when it keeps nothing or they are over. */
export function hoursLeft(world: World, member: EnterprisePoolMember, name: ResourceName): number {
  const since = member.unreturnedSince[name];
  if (since === undefined || unreturnedOf(member)[name] === 0) return 0;
  return hoursOf(Math.max(0, since + member.pool.grace.serverMs - world.clock.now()));
}

const hoursOf = (milliseconds: number): number => Math.ceil(milliseconds / 3_600_000);

/** Gives Mobile CoD to a member or takes it away. Throws a `Refusal`. */
export function setMobile(world: World, member: EnterprisePoolMember, wanted: Resources): void {
  const { pool, system, mobile } = member;
  if (resourceNames.every((name) => wanted[name] === mobile[name])) return;
  if (system.kind === 'ForeignSystem')
    throw conflict(`System ${system.name} is not connected to this console: its resources cannot change.`);
  for (const name of resourceNames) requirePossible(world, member, name, wanted[name]);
  const before = unreturnedOf(member);
  member.mobile = { ...wanted };
  const after = unreturnedOf(member);
  for (const name of resourceNames) {
    if (after[name] === 0) member.unreturnedSince[name] = undefined;
    else if (before[name] === 0) member.unreturnedSince[name] = world.clock.now();
  }
  modified(world, member, 'Other');
  modified(world, pool, 'Other');
  modified(world, system, 'Other');
}

function requirePossible(
  world: World,
  member: EnterprisePoolMember,
  name: ResourceName,
  wanted: number,
): void {
  const { pool, installed, permanent, mobile, system } = member;
  const what = name === 'processors' ? 'Mobile CoD processors' : 'GB of Mobile CoD memory';
  if (wanted < 0) throw invalid(`${wanted} ${what} cannot be.`);
  const more = wanted - mobile[name];
  if (more <= 0) return;
  if (complianceOf(world, pool).state === 'OutOfCompliance')
    throw conflict(
      `Power enterprise pool ${pool.name} is out of compliance: nothing can be added to a system.`,
    );
  const free = availableIn(pool, name);
  if (more > free)
    throw conflict(
      `Power enterprise pool ${pool.name} has ${free} ${what} available; ${more} were asked for.`,
    );
  const most = installed[name] - permanent[name];
  if (wanted > most)
    throw conflict(`System ${system.name} can use at most ${most} ${what}; ${wanted} were asked for.`);
}

/** Throws a `Refusal`. */
export function renamePool(world: World, pool: EnterprisePool, name: string): void {
  if (name === pool.name) return;
  if (!/^\S.{0,31}$/.test(name)) throw invalid(`"${name}" cannot be the name of a Power enterprise pool.`);
  pool.name = name;
  modified(world, pool, 'Other');
}
