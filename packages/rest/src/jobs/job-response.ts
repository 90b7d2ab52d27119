import { child, childElements, textOf, type XmlElement } from '@openstack-powervm/atom';
import { PowerVMError } from '../errors/error.js';

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
  const id = fieldOf(document, 'JobID');
  const status = fieldOf(document, 'Status');
  if (document.local !== 'JobResponse' || !id || !status)
    throw new PowerVMError(
      'PVM_BAD_RESPONSE',
      `The answer to a job is <${document.local}> without id or status`,
    );
  const exception = child(document, 'ResponseException');
  return {
    id,
    status,
    results: resultsOf(child(document, 'Results')),
    progress: progressOf(status, child(document, 'Progress')),
    exception: exception && fieldOf(exception, 'Message'),
  };
}

export function isOver({ status }: JobReport): boolean {
  return status !== 'NOT_STARTED' && status !== 'RUNNING';
}

/** The text that tells why a job failed: the result named `result`, else the exception's (protocol reference 4.2). */
export function failureMessage({ results, exception }: JobReport): string | undefined {
  return results['result']?.trim() || exception;
}

function resultsOf(results: XmlElement | undefined): Record<string, string> {
  const pairs = results ? childElements(results, 'JobParameter') : [];
  return Object.fromEntries(
    pairs.map((pair) => [fieldOf(pair, 'ParameterName') ?? '', rawField(pair, 'ParameterValue') ?? '']),
  );
}

function progressOf(status: string, progress: XmlElement | undefined): JobProgress {
  const fraction = Number(progress && fieldOf(progress, 'LinearProgress'));
  return {
    status,
    fraction: Number.isFinite(fraction) ? fraction : undefined,
    messages: progress ? messagesIn(progress) : [],
  };
}

/** `UntranslatedMessage` of every NLSMessage and NLSStaticMessage, however deep. */
function messagesIn(element: XmlElement): string[] {
  return childElements(element).flatMap((inner) =>
    inner.local === 'UntranslatedMessage' ? [textOf(inner).trim()] : messagesIn(inner),
  );
}

function fieldOf(parent: XmlElement, name: string): string | undefined {
  return rawField(parent, name)?.trim() || undefined;
}

function rawField(parent: XmlElement, name: string): string | undefined {
  const found = child(parent, name);
  return found && textOf(found);
}
