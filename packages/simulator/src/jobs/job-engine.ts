import type { Console } from '../console/console.js';
import type { Owner } from '../sessions/sessions.js';
import type { Behaviour } from '../world/behaviour.js';
import { conflict, invalid, notFound, Refusal } from '../world/refusal.js';
import type { World } from '../world/world.js';
import { isFinished, type Job } from './job.js';
import { JobFailure } from './job-failure.js';
import type { JobKind } from './job-kind.js';

export const jobBehaviours: readonly Behaviour[] = [
  {
    id: 'job.lifecycle',
    does: 'a submitted job is RUNNING, then finished; it is kept until it is deleted',
    evidence: 'protocol reference 4.1',
  },
  {
    id: 'job.results',
    does: 'returnCode is 0 or 1, result holds the message of a failure',
    evidence: 'captures job_response_completed_ok.txt and job_response_completed_failed.txt',
  },
  {
    id: 'job.cancel',
    does: 'a cancelled job ends with FAILED_BEFORE_COMPLETION; what it had started goes on',
    assumed: 'no capture of a cancelled job; PowerOff has told the firmware already',
  },
  {
    id: 'job.delete.running',
    does: 'a running job cannot be deleted',
    assumed: 'protocol reference 4.1: the client refuses it',
  },
  {
    id: 'job.parameters',
    does: 'unknown parameters and unknown values of enumerated ones are refused with 400 when the job is submitted',
    assumed: 'a real job may fail later instead',
  },
];

/** The jobs of one console. */
export class JobEngine {
  readonly #world: World;
  readonly #jobs = new Map<number, { job: Job; cancel: AbortController }>();
  #lastId = 0;

  constructor(world: World) {
    this.#world = world;
  }

  get all(): readonly Job[] {
    return [...this.#jobs.values()].map(({ job }) => job);
  }

  /** Throws a `Refusal` (404). */
  get(id: string): Job {
    return this.#entry(id).job;
  }

  /** Starts a job. Throws a `Refusal` (400) when its parameters do not fit. */
  submit(
    console: Console,
    kind: JobKind,
    target: string | undefined,
    parameters: ReadonlyMap<string, string>,
    owner: Owner | undefined,
  ): Job {
    checkParameters(kind, parameters);
    this.#lastId = Math.max(this.#lastId + 1, this.#world.clock.now());
    const job: Job = {
      id: this.#lastId,
      operation: kind.operation,
      group: kind.group,
      target,
      parameters,
      owner,
      startedAt: this.#world.clock.now(),
      completedAt: undefined,
      status: 'NOT_STARTED',
      progress: 0,
      results: new Map(),
      exception: undefined,
    };
    const cancel = new AbortController();
    this.#jobs.set(job.id, { job, cancel });
    void this.#run(console, kind, job, cancel.signal);
    return job;
  }

  cancel(id: string): Job {
    const { job, cancel } = this.#entry(id);
    cancel.abort(new Error(`The job ${job.operation} was cancelled.`));
    return job;
  }

  delete(id: string): void {
    const { job } = this.#entry(id);
    if (!isFinished(job)) throw conflict(`Job ${id} is ${job.status} and cannot be deleted.`);
    this.#jobs.delete(job.id);
  }

  /** Ends everything. */
  close(): void {
    for (const { cancel } of this.#jobs.values()) cancel.abort(new Error('The simulator is closing.'));
  }

  #entry(id: string): { job: Job; cancel: AbortController } {
    const entry = this.#jobs.get(Number(id));
    if (entry === undefined) throw notFound(`There is no job ${id}.`);
    return entry;
  }

  async #run(console: Console, kind: JobKind, job: Job, signal: AbortSignal): Promise<void> {
    job.status = 'RUNNING';
    try {
      const checkpoint = (phase?: string): void => {
        const fault = console.faults.jobFailure(kind, job.target, phase);
        if (fault !== undefined) throw new Refusal(500, fault);
      };
      checkpoint();
      const run = {
        world: this.#world,
        console,
        target: job.target ?? '',
        parameters: job.parameters,
        signal,
        checkpoint,
        progress: (fraction: number): void => {
          job.progress = fraction;
        },
      };
      const results = await orAborted(kind.run(run), signal);
      finish(job, 'COMPLETED_OK', { returnCode: '0', ...results });
    } catch (error) {
      if (error instanceof Refusal) {
        finish(job, 'COMPLETED_WITH_ERROR', { returnCode: '1', result: error.message });
      } else if (error instanceof JobFailure) {
        finish(job, 'COMPLETED_WITH_ERROR', { returnCode: '1', result: error.message, ...error.results });
      } else {
        job.exception = error instanceof Error ? error.message : String(error);
        finish(job, 'FAILED_BEFORE_COMPLETION', {});
      }
    }
    job.completedAt = this.#world.clock.now();
  }
}

function finish(job: Job, status: Job['status'], results: Readonly<Record<string, string>>): void {
  job.results = new Map(Object.entries(results));
  job.status = status;
  job.progress = 1;
}

function checkParameters(kind: JobKind, parameters: ReadonlyMap<string, string>): void {
  for (const [name, value] of parameters) {
    const allowed = kind.parameters[name];
    if (allowed === undefined) throw invalid(`Job ${kind.operation} has no parameter ${name}.`);
    if (allowed !== 'any' && !allowed.includes(value)) {
      throw invalid(
        `Parameter ${name} of job ${kind.operation} is "${value}", not one of ${allowed.join(', ')}.`,
      );
    }
  }
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
