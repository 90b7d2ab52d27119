import { readFeed } from '@openstack-powervm/atom';
import { JobResponse, ManagedSystem } from '@openstack-powervm/rest';
import { exitStatus } from '../exit-status.js';
import { CommandFailure } from '../failure.js';
import type { Row } from '../output/record.js';
import type { Scope } from './scope.js';

/** An object of the console that jobs run on. */
export interface JobTarget {
  readonly type: string;
  readonly id: string;
  readonly name: string;
}

/** Systems and VIOSes, and client partitions when they are wanted: each costs a request. */
export async function* jobTargets(scope: Scope, withPartitions: boolean): AsyncGenerator<JobTarget> {
  for (const system of await scope.systems()) {
    yield { type: ManagedSystem.name, ...system };
    for (const entities of [scope.vioses(system), ...(withPartitions ? [scope.partitions(system)] : [])])
      for await (const { type, id, value } of entities)
        yield { type: type.name, id, name: value.partitionName ?? id };
  }
}

/** The jobs that the console remembers of an object (protocol reference 1.9, suffix `jobs`). */
export async function jobsOf({ type, id }: JobTarget, { session, call }: Scope): Promise<JobResponse[]> {
  const { status, body } = await session.read(`/rest/api/uom/${type}/${id}/jobs`, call);
  return status === 204 ? [] : jobsIn(body);
}

/** One job by its number (protocol reference 4.1). */
export async function jobByNumber(number: string, { session, call }: Scope): Promise<JobResponse> {
  const { body } = await session.read(`/rest/api/uom/jobs/${encodeURIComponent(number)}?group=None`, call);
  const [job] = jobsIn(body);
  if (job) return job;
  throw new CommandFailure(
    'PVM_OBJECT_UNKNOWN',
    `the console has no job ${number}`,
    'powervm job list shows what there is',
    exitStatus.unknownObject,
  );
}

function jobsIn(body: Uint8Array): JobResponse[] {
  return readFeed(body).entries.flatMap(({ content }) => (content ? [JobResponse.lens(content)] : []));
}

/** What a list shows of a job. */
export function jobRow(job: JobResponse, object: string | undefined): Row {
  const started = job.timeStarted;
  const ended = job.timeCompleted;
  return {
    id: job.jobID,
    operation: job.jobRequestInstance?.requestedOperation?.operationName,
    object,
    status: job.status,
    started: timeOf(started),
    seconds: started && ended && ended >= started ? (ended - started) / 1000 : undefined,
  };
}

/** What `show` adds: what was asked, and what came of it. Parameters with secrets are hidden. */
export function jobDetails(job: JobResponse): Row {
  const parameters = job.jobRequestInstance?.jobParameters.toArray() ?? [];
  return {
    target: job.targetUuid,
    completed: timeOf(job.timeCompleted),
    progress: job.progress?.linearProgress,
    failure: job.responseException?.message,
    parameters: parameters.map(({ parameterName, parameterValue }) => ({
      name: parameterName,
      value: isSecret(parameterName) ? '***' : parameterValue,
    })),
    results: job.results.map(({ parameterName, parameterValue }) => ({
      name: parameterName,
      value: isSecret(parameterName) ? '***' : parameterValue,
    })),
  };
}

/** iSCSI jobs take passwords as parameters. */
function isSecret(name: string | undefined): boolean {
  return /pass(word|wd)?$|secret|token/i.test(name?.trim() ?? '');
}

function timeOf(milliseconds: number | undefined): string | undefined {
  return milliseconds ? new Date(milliseconds).toISOString() : undefined;
}
