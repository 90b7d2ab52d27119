import type { Console } from '../console/console.js';
import type { World } from '../world/world.js';

/** What a job is given while it runs. */
export interface JobRun {
  readonly world: World;
  readonly console: Console;
  /** UUID of the object; '' for jobs of a type. */
  readonly target: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** Aborts when the job is cancelled or the simulator closes. */
  readonly signal: AbortSignal;
  /** Tells that a phase begins. Throws a `Refusal` when a fault rule lets it fail. */
  readonly checkpoint: (phase: string) => void;
  /** Tells how far the job is, 0 to 1. */
  readonly progress: (fraction: number) => void;
}

/** One operation of one type (protocol reference 4.3 to 4.9). */
export interface JobKind {
  readonly group: string;
  readonly operation: string;
  /** Is it submitted to an object, or to the type itself? */
  readonly of: 'object' | 'type';
  /** The template of an object's job is to be had from the type too. */
  readonly templateOfType?: true;
  /** The only console that has the job. */
  readonly only?: Console['kind'];
  /** Allowed parameters, with their values when these are an enumeration. */
  readonly parameters: Readonly<Record<string, readonly string[] | 'any'>>;
  /** What fault rules can let fail, in order. */
  readonly phases?: readonly string[];
  /**
   * Answers with the results. A `Refusal` or `JobFailure` ends the job with COMPLETED_WITH_ERROR and its message as
   * `result`; any other error with FAILED_BEFORE_COMPLETION.
   */
  run(run: JobRun): Promise<Readonly<Record<string, string>>>;
}
