import { writeDocument, type XmlElement } from '@openstack-powervm/atom';
import { PowerVMError } from '../errors/error.js';
import { readAnswer, unreadable } from '../reads/answer.js';
import type { Connection } from '../session/connection.js';
import type { Deadline } from '../time/deadline.js';
import type { RestRequest } from '../transport/message.js';
import { acceptAtom, acceptWritten, mediaType } from '../wire/media-types.js';
import { basePath, jobPath } from '../wire/paths.js';
import { deleteAt } from '../writes/delete.js';
import { type JobReport, readJobReport } from './job-response.js';
import type { FilledRequest } from './job-template.js';

/** The single requests of a job's life (protocol reference 4.1). */

export async function fetchTemplate(
  connection: Connection,
  path: string,
  deadline: Deadline,
): Promise<XmlElement> {
  const response = await connection.reads.read({ path }, deadline);
  return contentAt(path, response.body);
}

export async function submit(
  connection: Connection,
  request: FilledRequest,
  id: string | undefined,
  deadline: Deadline,
): Promise<JobReport> {
  const path = jobPath(request.group, id, request.operation);
  const response = await send(connection, deadline, {
    method: 'PUT',
    path,
    headers: { Accept: acceptWritten, 'Content-Type': mediaType('web', 'JobRequest') },
    body: writeDocument(request.document),
    timeoutMs: connection.timing.updateMs,
  });
  return reportAt(path, response.body);
}

export async function poll(connection: Connection, jobId: string, deadline: Deadline): Promise<JobReport> {
  const path = `${instanceOf(jobId)}?group=None`;
  const response = await send(connection, deadline, { method: 'GET', path, headers: { Accept: acceptAtom } });
  return reportAt(path, response.body);
}

/** The odd content type is the one that real consoles are used to (protocol reference 1.8). */
export async function askToCancel(connection: Connection, jobId: string, deadline: Deadline): Promise<void> {
  await send(connection, deadline, {
    method: 'POST',
    path: `${instanceOf(jobId)}/cancel?group=None`,
    headers: { Accept: acceptWritten, 'Content-Type': mediaType('uom', jobId) },
    body: '',
  });
}

export async function deleteJob(connection: Connection, jobId: string, deadline: Deadline): Promise<void> {
  await deleteAt(connection, instanceOf(jobId), undefined, deadline);
}

type Request = Pick<RestRequest, 'method' | 'path' | 'headers'> & Partial<RestRequest>;

async function send(connection: Connection, deadline: Deadline, request: Request) {
  return await connection.send({
    timeoutMs: connection.timing.requestMs,
    lane: 'ordinary',
    deadline,
    ...request,
  });
}

function instanceOf(jobId: string): string {
  return `${basePath}/uom/jobs/${jobId}`;
}

function reportAt(path: string, body: Uint8Array): JobReport {
  try {
    return readJobReport(contentAt(path, body));
  } catch (error) {
    throw unreadable(path, error);
  }
}

function contentAt(path: string, body: Uint8Array): XmlElement {
  const content = readAnswer(path, body)[0]?.content;
  if (content) return content;
  throw new PowerVMError('PVM_BAD_RESPONSE', `The answer to ${path} has no content`, { path });
}
