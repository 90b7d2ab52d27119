import { child, childElements, textOf, type XmlElement } from '@openstack-powervm/atom';
import { parseBody } from '../documents/read-document.js';
import type { EntryParts } from '../render/atom.js';
import { complex, EMPTY_METADATA, escapeAttribute, leaf, namespaces, objectElement } from '../render/xml.js';
import { nameUuid } from '../world/identity.js';
import { invalid } from '../world/refusal.js';
import { isFinished, type Job } from './job.js';
import type { JobKind } from './job-kind.js';

const VERSION = 'V1_0';

/** The template that a client fills in (protocol reference 4.1; capture job_request_power_off.txt). */
export function templateEntry(kind: JobKind): EntryParts {
  const content =
    EMPTY_METADATA + operation(kind.operation, kind.group) + complex('JobParameters', 'CUR', VERSION, '');
  return {
    id: nameUuid(`template/${kind.group}/${kind.operation}`),
    title: 'JobRequest',
    service: 'web',
    self: undefined,
    etag: undefined,
    published: Date.now(),
    content: objectElement('JobRequest', 'web', VERSION, content),
  };
}

/** The parameters of a submitted JobRequest. Throws a `Refusal` when it asks for another operation than its URL. */
export function readJobRequest(kind: JobKind, text: string): Map<string, string> {
  const root = parseBody(text);
  if (root.local !== 'JobRequest' || root.namespace !== namespaces.web) {
    throw invalid('The request body must be a JobRequest of the web namespace.');
  }
  const requested = child(root, 'RequestedOperation');
  const name = textOfChild(requested, 'OperationName');
  if (name !== kind.operation) {
    throw invalid(`The JobRequest asks for ${name ?? 'no operation'}, its URL for ${kind.operation}.`);
  }
  const list = child(root, 'JobParameters');
  const parameters = list === undefined ? [] : childElements(list, 'JobParameter');
  return new Map(
    parameters.map((parameter) => [
      textOfChild(parameter, 'ParameterName') ?? '',
      textOfChild(parameter, 'ParameterValue') ?? '',
    ]),
  );
}

/** Protocol reference 4.2; captures job_response_completed_ok.txt and job_response_exception.txt. */
export function responseEntry(job: Job, base: string): EntryParts {
  const target = job.target === undefined ? '' : `/${job.target}`;
  const url = escapeAttribute(`${job.group}${target}/do/${job.operation}`);
  const content =
    EMPTY_METADATA +
    `<RequestURL kb="ROR" kxe="false" href="${url}" rel="via" title="The URL to which the JobRequest was submitted."/>` +
    (job.target === undefined ? '' : leaf('TargetUuid', 'ROR', job.target)) +
    leaf('JobID', 'ROR', job.id) +
    leaf('TimeStarted', 'ROR', job.startedAt) +
    leaf('TimeCompleted', 'ROR', job.completedAt ?? 0) +
    leaf('Status', 'ROR', job.status) +
    exception(job) +
    complex('JobRequestInstance', 'ROR', VERSION, instance(job)) +
    complex('Progress', 'ROO', VERSION, progress(job)) +
    complex('Results', 'ROR', VERSION, parameters(job.results));
  return {
    id: nameUuid(`job/${job.id}`),
    title: 'JobResponse',
    service: 'web',
    self: `${base}/rest/api/uom/jobs/${job.id}`,
    etag: undefined,
    published: job.startedAt,
    content: objectElement('JobResponse', 'web', VERSION, content),
  };
}

function operation(name: string, group: string): string {
  return complex(
    'RequestedOperation',
    'CUR',
    VERSION,
    leaf('OperationName', 'ROR', name) + leaf('GroupName', 'ROR', group),
  );
}

function instance(job: Job): string {
  return (
    operation(job.operation, job.group) + complex('JobParameters', 'CUR', VERSION, parameters(job.parameters))
  );
}

function parameters(values: ReadonlyMap<string, string>): string {
  return [...values]
    .map(([name, value]) =>
      complex(
        'JobParameter',
        undefined,
        VERSION,
        leaf('ParameterName', 'ROR', name) + leaf('ParameterValue', 'CUR', value),
      ),
    )
    .join('');
}

function exception(job: Job): string {
  if (job.exception === undefined) return '';
  const content = leaf('Message', 'ROR', job.exception) + leaf('StackTrace', 'ROR', undefined);
  return complex('ResponseException', 'ROR', VERSION, content);
}

/** The message keys of captures: WAITING, STARTED, COMPLETE (protocol reference 4.2). */
function progress(job: Job): string {
  const messages = [['Started', 'STARTED']];
  if (isFinished(job))
    messages.push([job.status === 'COMPLETED_OK' ? 'Completed' : 'Completed with error', 'COMPLETE']);
  const tasks = messages
    .map(([text, key]) =>
      complex(
        'NLSMessage',
        undefined,
        VERSION,
        leaf('UntranslatedMessage', 'ROR', text) + leaf('MessageKey', 'ROR', key),
      ),
    )
    .join('');
  return (
    complex('CompletedTasks', 'ROR', VERSION, tasks) + leaf('LinearProgress', 'ROR', job.progress.toFixed(1))
  );
}

function textOfChild(parent: XmlElement | undefined, name: string): string | undefined {
  const element = parent === undefined ? undefined : child(parent, name);
  return element === undefined ? undefined : textOf(element);
}
