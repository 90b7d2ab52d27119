/** What an operator is told when something goes wrong. */
export interface FailureReport {
  /** What went wrong, one sentence without a full stop. */
  readonly what: string;
  /** The reason in the words of whoever refused. */
  readonly why?: string;
  /** The log to read, with its last lines. */
  readonly log?: { readonly file: string; readonly lines: readonly string[] };
  /** What to try next. */
  readonly tryThis?: string;
}

/** A failure that says what, where, why and what to try. */
export class DeployError extends Error {
  override readonly name = 'DeployError';
  readonly code = 'PVM_DEPLOY';
  readonly report: FailureReport;

  constructor(report: FailureReport, options?: ErrorOptions) {
    super(report.why === undefined ? report.what : `${report.what}: ${report.why}`, options);
    this.report = report;
  }

  /** The report of any thrown value. */
  static reportOf(error: unknown): FailureReport {
    if (error instanceof DeployError) return error.report;
    return { what: error instanceof Error ? error.message : String(error) };
  }
}
