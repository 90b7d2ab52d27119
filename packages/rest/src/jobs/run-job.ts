import { PowerVMError } from '../errors/error.js';
import { publish } from '../observe/channels.js';
import type { Connection } from '../session/connection.js';
import type { CallOptions, Deadline } from '../time/deadline.js';
import { type Addressed, jobPath } from '../wire/paths.js';
import { fetchTemplate, poll, submit } from './job-requests.js';
import { failureMessage, isOver, type JobProgress, type JobReport } from './job-response.js';
import { fillTemplate } from './job-template.js';
import { type AbortStrategy, letGo } from './let-go.js';

/** A job to run (protocol reference 4). */
export interface JobOptions extends CallOptions {
  /** The type the job belongs to. */
  readonly type: Addressed;
  /** The object; absent for jobs of a type, such as `Create` of Cluster. */
  readonly id?: string | undefined;
  /** The job's name, such as `PowerOn`. */
  readonly operation: string;
  /** Parameters by name, sent in this order; booleans are sent as `true` or left out (protocol reference 4.4). */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** How long to wait for the job's end; 1,800 s when absent, 0 for ever. Then `PVM_JOB_TIMEOUT`, and it is cancelled. */
  readonly timeoutMs?: number | undefined;
  /** Called when the console reports something new. When it throws, that ends the wait like an abort. */
  readonly onProgress?: ((progress: JobProgress) => void) | undefined;
  /** What becomes of the job when the caller gives up; `stop-waiting` when absent. */
  readonly onAbort?: AbortStrategy | undefined;
}

/** A job that ended in COMPLETED_OK, the only success (protocol reference 4.2). */
export interface JobResult {
  readonly status: string;
  readonly results: Readonly<Record<string, string>>;
}

/**
 * Runs a job to its end. The job's record on the console is deleted whatever happens, in the background when the
 * caller has gone; only `abandon` leaves it there.
 */
export async function runJob(connection: Connection, options: JobOptions): Promise<JobResult> {
  const what = `run ${options.operation} of ${options.type.name} ${options.id ?? ''}`.trim();
  return await connection.run(what, options, connection.timing.jobMs, async (deadline) => {
    const job = new RunningJob(connection, options, deadline);
    return await job.run();
  });
}

/** Failed looks at a job, one after the other, until it is given up. */
const toleratedLooks = 10;

/** Failures of a look at a job that may pass by themselves. */
const passing = ['PVM_UNREACHABLE', 'PVM_CONNECTION_LOST', 'PVM_UNAVAILABLE', 'PVM_VIOS_BUSY'] as const;

class RunningJob {
  readonly #connection: Connection;
  readonly #options: JobOptions;
  readonly #deadline: Deadline;
  #seen = '';
  #missedLooks = 0;

  constructor(connection: Connection, options: JobOptions, deadline: Deadline) {
    this.#connection = connection;
    this.#options = options;
    this.#deadline = deadline;
  }

  async run(): Promise<JobResult> {
    const { type, id, operation, parameters = {} } = this.#options;
    const template = await fetchTemplate(this.#connection, jobPath(type.name, id, operation), this.#deadline);
    const request = fillTemplate(template, parameters);
    this.#deadline.throwIfOver();
    return this.#resultOf(await this.#toItsEnd(await this.#submit(request)));
  }

  /**
   * The submission is not broken off with the caller: without its answer nobody would know the job's id, and so
   * nobody could cancel or delete it.
   */
  async #submit(request: ReturnType<typeof fillTemplate>): Promise<JobReport> {
    const connection = this.#connection;
    let answered: JobReport | undefined;
    const submission = connection.inBackground(
      `submit ${request.operation}`,
      connection.timing.updateMs,
      (deadline) => submit(connection, request, this.#options.id, deadline),
    );
    try {
      answered = await this.#deadline.race(submission);
    } catch (error) {
      if (this.#deadline.signal.aborted) this.#letGoWhenKnown(submission, error);
      throw this.#ended(error);
    }
    this.#observe('submitted', answered);
    return answered;
  }

  async #toItsEnd(submitted: JobReport): Promise<JobReport> {
    let report = submitted;
    try {
      this.#progress(report);
      for (let delay = this.#connection.timing.jobPollFirstMs; !isOver(report); delay = this.#longer(delay)) {
        await this.#deadline.sleep(delay);
        report = await this.#look(report);
        this.#progress(report);
      }
    } catch (error) {
      this.#letGo(report, error);
      throw this.#ended(error, report);
    }
    letGo(this.#connection, this.#options.operation, report, 'stop-waiting');
    return report;
  }

  /** A console that cannot be reached for a while, perhaps restarting, does not end the wait for a long job. */
  async #look(last: JobReport): Promise<JobReport> {
    try {
      const report = await poll(this.#connection, last.id, this.#deadline);
      this.#missedLooks = 0;
      return report;
    } catch (error) {
      this.#missedLooks += 1;
      if (this.#missedLooks >= toleratedLooks || !PowerVMError.is(error, ...passing)) throw error;
      return last;
    }
  }

  #longer(delayMs: number): number {
    return Math.min(delayMs * 1.5, this.#connection.timing.jobPollLongestMs);
  }

  #progress(report: JobReport): void {
    const now = JSON.stringify(report.progress);
    if (now === this.#seen) return;
    this.#seen = now;
    this.#observe('status', report);
    this.#options.onProgress?.(report.progress);
  }

  #resultOf(report: JobReport): JobResult {
    const { id, status, results } = report;
    if (status === 'COMPLETED_OK') return { status, results };
    throw new PowerVMError('PVM_JOB_FAILED', `${this.#name()} ended as ${status}`, {
      consoleMessage: failureMessage(report),
      job: { id, status, results },
    });
  }

  /** Time that ran out is the job's time-out; everything else stays what it is, a listener's own error too. */
  #ended(error: unknown, report?: JobReport): unknown {
    if (!this.#timedOut(error)) return error;
    const job = report && { id: report.id, status: report.status, results: report.results };
    return new PowerVMError('PVM_JOB_TIMEOUT', `${this.#name()} did not end in time`, { job, cause: error });
  }

  #timedOut(error: unknown): boolean {
    return error === this.#deadline.signal.reason && PowerVMError.is(error, 'PVM_TIMEOUT');
  }

  #letGo(report: JobReport, error: unknown): void {
    letGo(this.#connection, this.#options.operation, report, this.#strategy(error));
  }

  #letGoWhenKnown(submission: Promise<JobReport>, error: unknown): void {
    submission.then(
      (report) => this.#letGo(report, error),
      () => {}, // nothing was submitted
    );
  }

  /** After a time-out the console is asked to cancel (protocol reference 4.1); else the caller's choice counts. */
  #strategy(error: unknown): AbortStrategy {
    const { onAbort = 'stop-waiting' } = this.#options;
    return this.#timedOut(error) && onAbort !== 'abandon' ? 'cancel' : onAbort;
  }

  #name(): string {
    const { operation, type, id } = this.#options;
    return `The job ${operation} of ${type.name}${id ? ` ${id}` : ''}`;
  }

  #observe(step: 'submitted' | 'status', { id, status }: JobReport): void {
    publish('powervm.rest.job', {
      ...{ origin: this.#connection.origin, id, operation: this.#options.operation, step, status },
    });
  }
}
