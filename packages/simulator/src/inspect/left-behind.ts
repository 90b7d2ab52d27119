import type { Console } from '../console/console.js';
import { isFinished, type JobStatus } from '../jobs/job.js';
import type { Owner } from '../sessions/sessions.js';

interface Aged {
  readonly ageSeconds: number;
}

export interface HeldSession extends Aged, Owner {
  /** Since its last request. */
  readonly idleSeconds: number;
  readonly requests: number;
}

export interface HeldJob extends Aged {
  readonly id: number;
  readonly operation: string;
  readonly target: string | undefined;
  readonly status: JobStatus;
  readonly owner: Owner | undefined;
  /** It is finished, and whoever could delete it has logged off. */
  readonly leaked: boolean;
}

export interface HeldFile extends Aged {
  readonly uuid: string;
  readonly name: string;
  readonly bytes: number;
  readonly owner: Owner | undefined;
  /** Whoever announced it has logged off. */
  readonly leaked: boolean;
}

/** What clients hold on one console, the oldest first: whoever forgets to clean up is found here. */
export interface LeftBehind {
  readonly limits: { readonly sessions: number; readonly files: number };
  readonly sessions: readonly HeldSession[];
  readonly jobs: readonly HeldJob[];
  readonly files: readonly HeldFile[];
  /** Application ids with what waits for them, and since when nobody reads it. */
  readonly eventQueues: readonly {
    readonly id: string;
    readonly waiting: number;
    /** A reader is there and waits for the next event. */
    readonly awaited: boolean;
    readonly idleSeconds: number;
  }[];
}

/** `now` in epoch milliseconds. */
export function leftBehind(console: Console, now: number): LeftBehind {
  const { sessions, jobs, files, events } = console;
  const seconds = (since: number): number => Math.max(0, Math.round((now - since) / 100) / 10);
  const open = new Set(sessions.open.map(({ number }) => number));
  const gone = (owner: Owner | undefined): boolean => owner === undefined || !open.has(owner.session);
  return {
    limits: { sessions: sessions.limit, files: files.limit },
    sessions: sessions.open.map(({ number, user, audit, openedAt, usedAt, requests }) => ({
      session: number,
      user,
      audit,
      ageSeconds: seconds(openedAt),
      idleSeconds: seconds(usedAt),
      requests,
    })),
    jobs: jobs.all.map((job) => ({
      id: job.id,
      operation: job.operation,
      target: job.target,
      status: job.status,
      ageSeconds: seconds(job.startedAt),
      owner: job.owner,
      leaked: isFinished(job) && gone(job.owner),
    })),
    files: files.all.map(({ uuid, name, currentBytes, createdAt, owner }) => ({
      uuid,
      name,
      bytes: currentBytes,
      ageSeconds: seconds(createdAt),
      owner,
      leaked: gone(owner),
    })),
    eventQueues: [...events.queues].map(([id, waiting]) => ({
      id,
      waiting,
      awaited: events.awaited.has(id),
      idleSeconds: seconds(events.lastReads.get(id) ?? now),
    })),
  };
}
