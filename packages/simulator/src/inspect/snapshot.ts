import type { Console } from '../console/console.js';
import type { Job } from '../jobs/job.js';
import type { World } from '../world/world.js';
import { type ArraySnapshot, arraySnapshot } from './array-snapshot.js';
import { type ClusterSnapshot, clusterSnapshot } from './cluster-snapshot.js';
import { type SystemSnapshot, systemSnapshot } from './system-snapshot.js';

export interface ConsoleSnapshot {
  readonly name: string;
  readonly kind: Console['kind'];
  readonly url: string;
  readonly systems: readonly string[];
  readonly sessions: readonly { readonly user: string; readonly audit: string; readonly requests: number }[];
  readonly jobs: readonly Pick<Job, 'id' | 'operation' | 'group' | 'target' | 'status'>[];
  readonly files: readonly {
    readonly uuid: string;
    readonly name: string;
    readonly type: string;
    readonly bytes: number;
  }[];
  /** Application id → waiting events. */
  readonly eventQueues: Readonly<Record<string, number>>;
}

/** Everything that tests and people want to look at, as plain JSON. */
export interface WorldSnapshot {
  readonly seed: number;
  readonly consoles: readonly ConsoleSnapshot[];
  readonly systems: readonly SystemSnapshot[];
  readonly arrays: readonly ArraySnapshot[];
  readonly clusters: readonly ClusterSnapshot[];
}

export function worldSnapshot(world: World, consoles: readonly Console[]): WorldSnapshot {
  return {
    seed: world.seed,
    consoles: consoles.map(consoleSnapshot),
    systems: world.systems.map((system) => systemSnapshot(world, system)),
    arrays: world.arrays.map(arraySnapshot),
    clusters: world.clusters.map(clusterSnapshot),
  };
}

export function consoleSnapshot(console: Console): ConsoleSnapshot {
  return {
    name: console.name,
    kind: console.kind,
    url: console.url,
    systems: console.systems.map((system) => system.name),
    sessions: console.sessions.open.map(({ user, audit, requests }) => ({ user, audit, requests })),
    jobs: console.jobs.all.map(({ id, operation, group, target, status }) => ({
      id,
      operation,
      group,
      target,
      status,
    })),
    files: console.files.all.map(({ uuid, name, type, currentBytes }) => ({
      uuid,
      name,
      type,
      bytes: currentBytes,
    })),
    eventQueues: Object.fromEntries(console.events.queues),
  };
}
