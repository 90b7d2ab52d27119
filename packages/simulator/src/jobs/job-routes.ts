import { type Answer, atom, type Call, noContent } from '../http/call.js';
import type { Route } from '../http/route-table.js';
import { renderEntry, renderFeed } from '../render/atom.js';
import { clustersOf } from '../resources/cluster.js';
import { ownerOf } from '../sessions/sessions.js';
import { nameUuid } from '../world/identity.js';
import { notFound } from '../world/refusal.js';
import { readJobRequest, responseEntry, templateEntry } from './job-document.js';
import type { JobKind } from './job-kind.js';

const JOBS = '/rest/api/uom/jobs';

/** Submitting, polling, cancelling and deleting jobs (protocol reference 4.1). */
export function jobRoutes(kinds: readonly JobKind[]): Route[] {
  const groups = [...new Set(kinds.filter((kind) => kind.of === 'object').map((kind) => kind.group))];
  return [
    { name: 'Job.read', method: 'GET', path: `${JOBS}/{id}`, answer: read },
    { name: 'Job.delete', method: 'DELETE', path: `${JOBS}/{id}`, answer: remove, produces: 'any' },
    { name: 'Job.cancel', method: 'POST', path: `${JOBS}/{id}/cancel`, answer: cancel },
    ...kinds.flatMap(kindRoutes),
    ...groups.map(
      (group): Route => ({
        name: `${group}.jobs`,
        method: 'GET',
        path: `/rest/api/uom/${group}/{id}/jobs`,
        answer: (call) => listOf(call, group),
      }),
    ),
  ];
}

function kindRoutes(kind: JobKind): Route[] {
  const object = kind.of === 'object' ? '/{id}' : '';
  const path = `/rest/api/uom/${kind.group}${object}/do/${kind.operation}`;
  const name = `${kind.group}.do.${kind.operation}`;
  return [
    { name: `${name}.template`, method: 'GET', path, answer: (call) => template(call, kind) },
    ...(kind.templateOfType === true ? [typeTemplate(kind, name)] : []),
    { name: `${name}.submit`, method: 'PUT', path, answer: (call) => submit(call, kind) },
  ];
}

function typeTemplate(kind: JobKind, name: string): Route {
  const path = `/rest/api/uom/${kind.group}/do/${kind.operation}`;
  const answer = () => atom(200, renderEntry(templateEntry(kind)));
  return { name: `${name}.typeTemplate`, method: 'GET', path, answer };
}

function template(call: Call, kind: JobKind): Answer {
  requireTarget(call, kind);
  return atom(200, renderEntry(templateEntry(kind)));
}

async function submit(call: Call, kind: JobKind): Promise<Answer> {
  const parameters = readJobRequest(kind, await call.text());
  const target = requireTarget(call, kind);
  const owner = call.session === undefined ? undefined : ownerOf(call.session);
  return response(call, call.console.jobs.submit(call.console, kind, target, parameters, owner));
}

function read(call: Call): Answer {
  return response(call, call.console.jobs.get(call.parameters['id'] ?? ''));
}

function cancel(call: Call): Answer {
  return response(call, call.console.jobs.cancel(call.parameters['id'] ?? ''));
}

function remove(call: Call): Answer {
  call.console.jobs.delete(call.parameters['id'] ?? '');
  return noContent;
}

function listOf(call: Call, group: string): Answer {
  const target = (call.parameters['id'] ?? '').toLowerCase();
  const jobs = call.console.jobs.all.filter(
    (job) => job.group === group && job.target?.toLowerCase() === target,
  );
  if (jobs.length === 0) return noContent;
  const { url } = call.console;
  return atom(
    200,
    renderFeed({
      id: nameUuid(call.path),
      self: `${url}${call.path}`,
      updated: Date.now(),
      entries: jobs.map((job) => responseEntry(job, url)),
    }),
  );
}

function response(call: Call, job: Parameters<typeof responseEntry>[0]): Answer {
  return atom(200, renderEntry(responseEntry(job, call.console.url)));
}

/** The UUID of the object in the path, in its own letter case. Throws a `Refusal` (404). */
function requireTarget(call: Call, kind: JobKind): string | undefined {
  if (kind.only !== undefined && kind.only !== call.console.kind)
    throw notFound(`This console has no job ${kind.operation}.`);
  if (kind.of === 'type') return undefined;
  const id = call.parameters['id'] ?? '';
  const { systems, uuid } = call.console;
  const found = [
    ...systems,
    ...systems.flatMap((system) => [system.partitions.get(id), system.vioses.get(id)]),
    ...clustersOf(call.console),
  ].find((object) => object?.uuid.toLowerCase() === id.toLowerCase());
  if (found?.kind === kind.group) return found.uuid;
  if (kind.group === 'ManagementConsole' && uuid === id.toLowerCase()) return uuid;
  throw notFound(`There is no ${kind.group} ${id}.`);
}
