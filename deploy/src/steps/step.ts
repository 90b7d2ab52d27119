/** What a step is given when it runs. */
export interface StepContext {
  /** Aborted when another step has failed or the user has interrupted. */
  readonly signal: AbortSignal;
  /** Shows how far a long step has come. */
  report(progress: string): void;
}

/** One thing to be done; a plan is a list of them. */
export interface Step {
  /** Unique in the plan; others name it in `after`. */
  readonly name: string;
  /** Shown to the user. */
  readonly title: string;
  /** Steps that must have been done before. */
  readonly after: readonly string[];
  /** Whether there is nothing to do; absent means: always run. */
  readonly check?: (context: StepContext) => Promise<boolean>;
  /** Does it. A text is shown behind the title. */
  readonly run: (context: StepContext) => Promise<string | undefined>;
  /** What to try when it fails, unless the failure itself knows better. */
  readonly tryThis?: string;
}

/** How a step came to its end. */
export type StepOutcome = 'done' | 'already done';

/** Hears how a plan gets on. */
export interface Reporter {
  started(step: Step): void;
  progressed(step: Step, progress: string): void;
  finished(step: Step, result: { outcome: StepOutcome; seconds: number; note?: string | undefined }): void;
  failed(step: Step, seconds: number): void;
  /** The plan has come to its end, well or not: nothing more will be reported. */
  close(): void;
}
