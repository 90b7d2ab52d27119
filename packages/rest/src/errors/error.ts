import { codeOf, describeUnknown } from './classify.js';
import { type ErrorGrade, errorTable, type PowerVMErrorCode } from './codes.js';

/** What is known about a job that did not end well. */
export interface FailedJob {
  readonly id: string;
  /** The last status the console reported, such as `COMPLETED_WITH_ERROR`. */
  readonly status: string;
  /** The job's result parameters by name, such as `returnCode`. */
  readonly results: Readonly<Record<string, string>>;
}

/** The evidence an error carries besides its code. */
export interface ErrorFacts {
  /** The HTTP status of the answer, when there was one. */
  readonly status?: number | undefined;
  /** `ReasonCode` of the console's error document. */
  readonly reasonCode?: string | undefined;
  /** The console's own words: `Message` of its error document, or a job's result. */
  readonly consoleMessage?: string | undefined;
  readonly method?: string | undefined;
  /** Path and query of the request, without authority. */
  readonly path?: string | undefined;
  readonly job?: FailedJob | undefined;
  readonly cause?: unknown;
}

/**
 * The one error class of this library. `code` is stable, `grade` says what to do, and the message says what was
 * attempted, why it failed in the console's own words, and what to try. It never contains a token or a password.
 */
export class PowerVMError extends Error {
  override readonly name = 'PowerVMError';
  readonly code: PowerVMErrorCode;
  readonly grade: ErrorGrade;
  readonly hint: string;
  readonly status: number | undefined;
  readonly reasonCode: string | undefined;
  readonly consoleMessage: string | undefined;
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly job: FailedJob | undefined;

  /** @internal Callers receive these errors, they do not make them. */
  constructor(code: PowerVMErrorCode, what: string, facts: ErrorFacts = {}) {
    const { grade, hint } = errorTable[code];
    const why = facts.consoleMessage ? `${what}: ${facts.consoleMessage.trim()}` : what;
    super(`${endSentence(why)} ${hint}`, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = code;
    this.grade = grade;
    this.hint = hint;
    this.status = facts.status;
    this.reasonCode = facts.reasonCode;
    this.consoleMessage = facts.consoleMessage;
    this.method = facts.method;
    this.path = facts.path;
    this.job = facts.job;
  }

  /** Whether `error` is a PowerVMError, and, when codes are given, one of these. */
  static is(error: unknown, ...codes: readonly PowerVMErrorCode[]): error is PowerVMError {
    return error instanceof PowerVMError && (codes.length === 0 || codes.includes(error.code));
  }

  /** Turns whatever was thrown into a PowerVMError; one that already is comes back unchanged. */
  static from(error: unknown, facts: ErrorFacts = {}): PowerVMError {
    if (error instanceof PowerVMError) return error;
    const where = facts.method && facts.path ? `${facts.method} ${facts.path} failed: ` : '';
    return new PowerVMError(codeOf(error), where + describeUnknown(error), { ...facts, cause: error });
  }
}

function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
