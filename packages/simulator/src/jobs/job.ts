import type { Owner } from '../sessions/sessions.js';

/** Protocol reference 4.2. */
export type JobStatus =
  | 'NOT_STARTED'
  | 'RUNNING'
  | 'COMPLETED_OK'
  | 'COMPLETED_WITH_WARNINGS'
  | 'COMPLETED_WITH_ERROR'
  | 'FAILED_BEFORE_COMPLETION';

export interface Job {
  /** About the time in milliseconds, as in captures. */
  readonly id: number;
  readonly operation: string;
  /** The type that the job belongs to: GroupName. */
  readonly group: string;
  /** UUID of the object; undefined for jobs of a type. */
  readonly target: string | undefined;
  readonly parameters: ReadonlyMap<string, string>;
  /** Who submitted it. */
  readonly owner: Owner | undefined;
  readonly startedAt: number;
  completedAt: number | undefined;
  status: JobStatus;
  /** 0 to 1. */
  progress: number;
  results: ReadonlyMap<string, string>;
  /** Message of ResponseException. */
  exception: string | undefined;
}

export const isFinished = (job: Job): boolean => job.status !== 'NOT_STARTED' && job.status !== 'RUNNING';
