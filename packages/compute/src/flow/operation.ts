import type { Log } from '../log.js';

/** What a REST call, a lock or a wait takes. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** Lets a test fail, delay or observe any step of any flow. */
export interface FlowHooks {
  /** Runs before a step; what it throws, the step fails with. */
  beforeStep?(operation: string, step: string): void | Promise<void>;
  /** Runs after a step has had its effect; what it throws, the step fails with. */
  afterStep?(operation: string, step: string): void | Promise<void>;
}

/** How far an operation is, for Nova's instance progress. */
export interface Progress {
  readonly operation: string;
  readonly step: string;
  /** 0 to 100 */
  readonly percent: number;
}

/**
 * One call of a driver method: who asked, where it logs, how it is cancelled. Every flow and every helper that
 * logs or waits gets it passed down, so that parallel work keeps the request's context (FLOW-7).
 */
export interface Operation {
  readonly name: string;
  readonly instanceUuid: string | null;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly hooks: FlowHooks;
  readonly onProgress: (progress: Progress) => void;
}
