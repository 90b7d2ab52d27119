import { channel } from 'node:diagnostics_channel';
import { sentenceOf } from '../errors/index.js';
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
  /** Tells Nova that the operation has entered another task state (SNAP-2); `expected` null names none (SNAP-3). */
  readonly onTaskState: (taskState: string, expected: string | null) => void;
}

/** Published after each operation under `openstack-powervm:compute:operation`. */
export interface OperationRecord {
  readonly operation: string;
  readonly instanceUuid: string | null;
  readonly outcome: 'done' | 'failed';
  readonly milliseconds: number;
}

const operationChannel = channel('openstack-powervm:compute:operation');

/** Hears of every operation of every driver in this process when it ends; returns the function that ends it. */
export function observeOperations(listener: (record: OperationRecord) => void): () => void {
  const onMessage = (message: unknown) => listener(message as OperationRecord); // only `record` writes here
  operationChannel.subscribe(onMessage);
  return () => operationChannel.unsubscribe(onMessage);
}

/** Runs one operation with a line at its begin and one with its time at its end (FLOW-5, FLOW-6). */
export async function runOperation<R>(operation: Operation, work: () => Promise<R>): Promise<R> {
  const { name, log } = operation;
  const started = performance.now();
  log.info(`${name}: begins`);
  try {
    const result = await work();
    log.info(`${name}: done`, { milliseconds: record(operation, 'done', started) });
    return result;
  } catch (thrown) {
    log.error(`${name}: ${sentenceOf(thrown)}`, { milliseconds: record(operation, 'failed', started) });
    throw thrown;
  }
}

function record(
  { name, instanceUuid }: Operation,
  outcome: OperationRecord['outcome'],
  started: number,
): number {
  const milliseconds = elapsed(started);
  const published: OperationRecord = { operation: name, instanceUuid, outcome, milliseconds };
  operationChannel.publish(published);
  return milliseconds;
}

/** Whole milliseconds since a reading of `performance.now()`. */
export function elapsed(started: number): number {
  return Math.round(performance.now() - started);
}
