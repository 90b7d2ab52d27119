import { basename, join } from 'node:path';
import { Cloud } from '@openstack-powervm/deploy';
import { failures, type Run, reportPage, resultsOf, totals } from '../tempest/report.js';
import { exceptionOf, show } from '../tempest/results.js';
import { runSets } from '../tempest/run.js';
import type { TestSet } from '../tempest/sets.js';
import type { Tempest } from '../tempest/tempest.js';
import { HostBinding } from './binding.js';
import { Bundle, type Evidence, lengthsOf } from './bundle.js';
import { decide, type Vote } from './decision.js';
import { countByHost, type RunServer, requireHost, serversSince } from './host.js';
import { indexPage } from './index-page.js';
import { Redactor } from './redact.js';
import type { VoteRequest } from './request.js';
import type { Subject } from './subject.js';

/** How long the tidying after a run may take, milliseconds. */
const tidyLimitMs = 120_000;

/** A vote with what it rests on. */
export interface Ballot {
  readonly vote: Vote;
  /** Totals of the tests in a line. */
  readonly summary: string;
}

/** Where a vote is prepared. */
interface Booth {
  readonly tempest: Tempest;
  readonly signal: AbortSignal;
}

interface Observed {
  readonly run: Run | undefined;
  readonly servers: readonly RunServer[];
  readonly leftovers: readonly string[];
  readonly obstacle: string | undefined;
}

/** Runs the tests against the subject, decides, and packs the bundle into `file`. */
export async function castBallot(
  subject: Subject,
  request: VoteRequest,
  { tempest, file, signal }: Booth & { readonly file: string },
): Promise<Ballot> {
  const since = new Date();
  const included = request.include.map((path) => ({ path, as: join('included', basename(path)) }));
  const lengths = await lengthsOf([...subject.evidence, ...included]);
  const observed = await observe(subject, request, since, { tempest, signal });
  const { run, leftovers, obstacle } = observed;
  const results = run ? resultsOf(run) : [];
  const servers = countByHost(observed.servers);
  const vote = decide({ results, host: subject.host, servers, leftovers, obstacle });
  const summary = totals(results);
  const bundle = await Bundle.open(basename(file).replace(/\.tar\.gz$/, ''), new Redactor(subject.secrets));
  try {
    await bundle.add([...subject.evidence, ...included, ...tempestFiles(tempest, request.sets)], lengths);
    if (run) await bundle.addText('report.md', reportPage(run));
    const snapshot = await subject.snapshot().catch(() => undefined); // it may have ended by itself
    if (snapshot !== undefined) await bundle.addText('power-system.json', snapshot);
    const failed = failures(results).map((each) => ({ name: each.name, exception: exceptionOf(each) }));
    const page = { subject: subject.title, at: since, vote, totals: summary, servers, failed };
    await bundle.addText('index.html', indexPage({ ...page, files: bundle.files }));
    await bundle.pack(file);
  } finally {
    await bundle.close();
  }
  return { vote, summary };
}

function tempestFiles(tempest: Tempest, sets: readonly TestSet[]): Evidence[] {
  const paths = [
    // The workers' log; that of the folder tells of the workspace alone.
    join(tempest.folder, 'workspace/tempest.log'),
    join(tempest.folder, 'workspace/etc/tempest.conf'),
    ...sets.map((set) => tempest.outputOf(set)),
  ];
  return paths.map((path) => ({ path, as: join('tempest', basename(path)) }));
}

/** Everything that needs the cloud. What goes wrong there is an obstacle, and a vote all the same. */
async function observe(subject: Subject, request: VoteRequest, since: Date, booth: Booth): Promise<Observed> {
  let run: Run | undefined;
  let obstacle: string | undefined;
  let before: readonly string[] = [];
  try {
    await subject.start();
    before = await subject.traces();
    run = await runBound(subject, request, booth);
  } catch (error) {
    booth.signal.throwIfAborted();
    obstacle = error instanceof Error ? error.message : String(error);
  }
  const servers = await serversSince(
    new Cloud(subject.access),
    since,
    AbortSignal.timeout(tidyLimitMs),
  ).catch(() => []);
  const kept = servers.filter(({ status }) => status !== 'DELETED').map(({ name }) => `server ${name}`);
  const after = await subject.traces().catch(() => before);
  const left = after.filter((trace) => !before.includes(trace));
  return { run, servers, leftovers: [...kept, ...left], obstacle };
}

async function runBound(subject: Subject, request: VoteRequest, { tempest, signal }: Booth): Promise<Run> {
  const cloud = new Cloud(subject.access);
  const binding = new HostBinding(cloud, await requireHost(cloud, subject.host, signal));
  try {
    const ground = await binding.bind(await subject.ground(signal), signal);
    const { access, caFile, title } = subject;
    const { workers, buildTimeout } = request;
    return await runSets(tempest, { access, caFile, ground, buildTimeout }, request.sets, {
      ...{ subject: title, workers, onResult: show, signal },
    });
  } finally {
    // A run may outlast the first token.
    const later = new HostBinding(new Cloud(subject.access), binding.hypervisor);
    await later.unbind(AbortSignal.timeout(tidyLimitMs));
  }
}
