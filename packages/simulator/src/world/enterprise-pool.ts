import type { SiteEnterprisePool } from '../site/enterprise-pool.js';
import { nameUuid } from './identity.js';
import type { ManagedSystem } from './managed-system.js';
import type { World } from './world.js';

/** A Power enterprise pool: Mobile CoD processors and memory (protocol reference 3.20). */
export interface EnterprisePool {
  readonly kind: 'PowerEnterprisePool';
  readonly uuid: string;
  /** Four digits. */
  readonly id: string;
  name: string;
  /** Of the configuration file that made it. */
  readonly sequence: number;
  /** Mobile CoD in all. */
  readonly total: Resources;
  /** How long a server, and then the pool, may keep what was not returned; milliseconds. */
  readonly grace: { readonly serverMs: number; readonly poolMs: number };
  readonly members: EnterprisePoolMember[];
}

/** Processors, and memory in GB. */
export interface Resources {
  readonly processors: number;
  readonly memoryGb: number;
}

export type ResourceName = keyof Resources;
export const resourceNames: readonly ResourceName[] = ['processors', 'memoryGb'];

export interface EnterprisePoolMember {
  readonly kind: 'PowerEnterprisePoolMember';
  readonly uuid: string;
  readonly pool: EnterprisePool;
  /** What it is to this console. */
  readonly system: ManagedSystem | ForeignSystem;
  readonly installed: Resources;
  /** Activated for good. */
  readonly permanent: Resources;
  /** Activated by the pool. */
  mobile: Resources;
  /** Since when some of it is not returned, epoch milliseconds. */
  readonly unreturnedSince: { [name in ResourceName]: number | undefined };
}

/** A member that another console manages. */
export interface ForeignSystem {
  readonly kind: 'ForeignSystem';
  readonly name: string;
  readonly machineType: string;
  readonly model: string;
  readonly serial: string;
}

/** Makes the pools of a site; systems of the site know from then on what is activated in them. */
export function buildEnterprisePools(world: World, plans: readonly SiteEnterprisePool[]): void {
  const hour = 3_600_000;
  for (const plan of plans) {
    const pool: EnterprisePool = {
      kind: 'PowerEnterprisePool',
      uuid: nameUuid(`pool/${plan.id}`),
      id: plan.id,
      name: plan.name,
      sequence: plan.sequence,
      total: { processors: plan.processors, memoryGb: plan.memoryGb },
      grace: { serverMs: plan.serverGraceHours * hour, poolMs: plan.poolGraceHours * hour },
      members: [],
    };
    for (const member of plan.members) pool.members.push(buildMember(world, pool, member));
  }
}

function buildMember(
  world: World,
  pool: EnterprisePool,
  plan: SiteEnterprisePool['members'][number],
): EnterprisePoolMember {
  const own = world.systems.find(({ name }) => name === plan.system);
  const { machineType = '', model = '', serial = '', ...foreign } = plan.elsewhere ?? {};
  const installed =
    own === undefined
      ? { processors: 0, memoryGb: 0, ...foreign }
      : { processors: Math.floor(own.processorUnits), memoryGb: Math.floor(own.memoryMb / 1024) };
  const mobile = { processors: plan.mobileProcessors, memoryGb: plan.mobileMemoryGb };
  const member: EnterprisePoolMember = {
    kind: 'PowerEnterprisePoolMember',
    uuid: nameUuid(`${pool.uuid}/${plan.system}`),
    pool,
    system: own ?? { kind: 'ForeignSystem', name: plan.system, machineType, model, serial },
    installed,
    permanent: {
      processors: installed.processors - plan.inactiveProcessors - mobile.processors,
      memoryGb: installed.memoryGb - plan.inactiveMemoryGb - mobile.memoryGb,
    },
    mobile,
    unreturnedSince: { processors: undefined, memoryGb: undefined },
  };
  if (own !== undefined) own.poolMember = member;
  return member;
}
