import type { XmlElement } from '@openstack-powervm/atom';
import { PowerVMError } from '../errors/error.js';
import { JobResponse } from '../resources/index.js';

/** What the console says about a job (protocol reference 4.2). */
export interface JobReport {
  readonly id: string;
  /** `NOT_STARTED`, `RUNNING`, `COMPLETED_OK`, `COMPLETED_WITH_WARNINGS`, `COMPLETED_WITH_ERROR`, `FAILED_BEFORE_COMPLETION`. */
  readonly status: string;
  /** The result parameters by name. */
  readonly results: Readonly<Record<string, string>>;
  readonly progress: JobProgress;
  /** `ResponseException/Message`, with some failures. */
  readonly exception: string | undefined;
}

/** How far a job has come; consoles say little. */
export interface JobProgress {
  readonly status: string;
  /** 0 to 1 (`LinearProgress`; protocol reference 4.2 has seen `1.0`). */
  readonly fraction: number | undefined;
  /** The console's messages about what has been done, oldest first. */
  readonly messages: readonly string[];
}

/** Reads a `JobResponse`. */
export function readJobReport(document: XmlElement): JobReport {
  const job = JobResponse.lens(document);
  const status = job.status?.trim();
  if (document.local !== JobResponse.name || job.jobID === undefined || !status)
    throw new PowerVMError(
      'PVM_BAD_RESPONSE',
      `The answer to a job is <${document.local}> without id or status`,
    );
  return {
    id: String(job.jobID),
    status,
    results: Object.fromEntries(
      job.results.map(({ parameterName, parameterValue }) => [
        parameterName?.trim() ?? '',
        parameterValue ?? '',
      ]),
    ),
    progress: { status, fraction: job.progress?.linearProgress, messages: messagesOf(job) },
    exception: job.responseException?.message?.trim(),
  };
}

export function isOver({ status }: JobReport): boolean {
  return status !== 'NOT_STARTED' && status !== 'RUNNING';
}

/** The text that tells why a job failed: the result named `result`, else the exception's (protocol reference 4.2). */
export function failureMessage({ results, exception }: JobReport): string | undefined {
  return results['result']?.trim() || exception;
}

function messagesOf({ progress }: JobResponse): string[] {
  if (!progress) return [];
  const states = progress.discreteProgress?.completedStates.toArray() ?? [];
  const all = [...progress.completedTasks, ...states];
  return all.flatMap(({ untranslatedMessage }) => untranslatedMessage?.trim() || []);
}
