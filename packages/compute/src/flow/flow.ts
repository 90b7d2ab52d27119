import { channel } from 'node:diagnostics_channel';
import { sentenceOf } from '../errors/index.js';
import type { Log } from '../log.js';
import { type CallOptions, elapsed, type Operation } from './operation.js';
import { UndoPatience } from './undo.js';

/** One step of an operation: what it does and how to take it back. */
export interface Step<R> {
  run(call: Required<CallOptions>): Promise<R>;
  /**
   * Takes the step back. `result` is undefined when `run` itself failed, perhaps half way (FLOW-3), so it must
   * tolerate work that was never done. It acts immediately (FLOW-4); what it throws is only logged (FLOW-2).
   */
  undo?(result: R | undefined, call: Required<CallOptions>): Promise<void>;
}

/** Published after each step under `openstack-powervm:compute:step`. */
export interface StepRecord {
  readonly operation: string;
  readonly step: string;
  readonly instanceUuid: string | null;
  readonly outcome: 'done' | 'failed' | 'undone' | 'undo failed';
  readonly milliseconds: number;
}

const stepChannel = channel('openstack-powervm:compute:step');

/** Hears of every step of every driver in this process when it ends; returns the function that ends it. */
export function observeSteps(listener: (record: StepRecord) => void): () => void {
  const onMessage = (message: unknown) => listener(message as StepRecord); // only `#record` writes here
  stepChannel.subscribe(onMessage);
  return () => stepChannel.unsubscribe(onMessage);
}

/** What is left behind needs a person; a failed step alone is the operation's to report. */
const levels = {
  done: 'info',
  failed: 'warn',
  undone: 'info',
  'undo failed': 'error',
} as const satisfies Record<StepRecord['outcome'], keyof Log>;

/** How long undos wait, all together, for a console that is away: a restart of it takes less. */
const consoleAwayMs = 3 * 60 * 1000;

interface Undoable {
  readonly step: string;
  readonly undo: (call: Required<CallOptions>) => Promise<void>;
}

/**
 * Runs an operation as named steps. When a step fails, every step that was begun is undone in reverse order, the
 * failing one included, and the first error is thrown (FLOW-1, FLOW-2). `steps` names all steps in the order of a
 * full run; an operation may leave some out.
 */
export async function runFlow<Name extends string, R>(
  operation: Operation,
  steps: readonly Name[],
  body: (flow: Flow<Name>) => Promise<R>,
): Promise<R> {
  const flow = new Flow(operation, steps);
  try {
    const result = await body(flow);
    flow.complete();
    return result;
  } catch (thrown) {
    await flow.undo();
    throw flow.firstError ?? thrown;
  }
}

/** The handle on which an operation's steps run. */
export class Flow<Name extends string> {
  readonly #operation: Operation;
  readonly #steps: readonly Name[];
  readonly #abort = new AbortController();
  readonly #signal: AbortSignal;
  readonly #begun: Undoable[] = [];
  #finished = 0;
  #latest: Name | undefined;
  /** What failed first; of parallel steps the others may fail only because they were stopped. */
  firstError: unknown;

  constructor(operation: Operation, steps: readonly Name[]) {
    this.#operation = operation;
    this.#steps = steps;
    this.#signal = AbortSignal.any([operation.signal, this.#abort.signal]);
  }

  /** Runs one step, times and logs it (FLOW-5). */
  async step<R>(name: Name, step: Step<R>): Promise<R> {
    const { name: operation, hooks } = this.#operation;
    const started = performance.now();
    const result: { value?: R } = {};
    this.#signal.throwIfAborted();
    const { undo } = step;
    if (undo) this.#begun.push({ step: name, undo: (call) => undo.call(step, result.value, call) });
    try {
      await hooks.beforeStep?.(operation, name);
      const value = await step.run({ signal: this.#signal });
      result.value = value;
      await hooks.afterStep?.(operation, name);
      this.#record(name, 'done', started);
      this.#reportProgress(name);
      return value;
    } catch (thrown) {
      this.#fail(thrown);
      this.#record(name, 'failed', started, thrown);
      throw thrown;
    }
  }

  /**
   * Runs two branches that do not depend on each other at the same time. When one fails the other is told to stop,
   * and it throws only after both have ended, so that no branch works on while the undo runs.
   */
  async together<A, B>(first: () => Promise<A>, second: () => Promise<B>): Promise<[A, B]> {
    const running = [this.#branch(first), this.#branch(second)] as const;
    await Promise.allSettled(running);
    return Promise.all(running);
  }

  /** Takes back everything begun, in reverse order. Never throws. */
  async undo(): Promise<void> {
    const patience = new UndoPatience(consoleAwayMs, this.#operation.signal);
    for (const { step, undo } of this.#begun.reverse()) {
      const started = performance.now();
      try {
        await patience.run(undo);
        this.#record(step, 'undone', started);
      } catch (thrown) {
        this.#record(step, 'undo failed', started, thrown);
      }
    }
  }

  async #branch<R>(work: () => Promise<R>): Promise<R> {
    try {
      return await work();
    } catch (thrown) {
      this.#fail(thrown);
      throw thrown;
    }
  }

  #fail(thrown: unknown): void {
    this.firstError ??= thrown;
    this.#abort.abort(thrown);
  }

  /** The operation has ended well: what it left out counts as done, so that no one sees it stand at 78 %. */
  complete(): void {
    if (this.#latest === undefined || this.#finished >= this.#steps.length) return;
    this.#finished = this.#steps.length - 1;
    this.#reportProgress(this.#latest);
  }

  #reportProgress(step: Name): void {
    this.#finished += 1;
    this.#latest = step;
    const percent = Math.min(100, Math.round((100 * this.#finished) / this.#steps.length));
    this.#operation.onProgress({ operation: this.#operation.name, step, percent });
  }

  /** One line for each step, with its time; a failed one tells why (FLOW-5). */
  #record(step: string, outcome: StepRecord['outcome'], started: number, thrown?: unknown): void {
    const { name, instanceUuid, log } = this.#operation;
    const milliseconds = elapsed(started);
    const why = thrown === undefined ? '' : `: ${sentenceOf(thrown)}`;
    log[levels[outcome]](`${name}: step "${step}" ${outcome}${why}`, { milliseconds });
    if (!stepChannel.hasSubscribers) return;
    const record: StepRecord = { operation: name, step, instanceUuid, outcome, milliseconds };
    stepChannel.publish(record);
  }
}
