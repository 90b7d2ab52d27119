import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { reasonToSkip } from '../openstack/support/stack.js';
import { print } from '../tempest/results.js';
import { reasonWithoutTempest, Tempest } from '../tempest/tempest.js';
import { type Ballot, castBallot } from './ballot.js';
import { readRequest, UsageError, usage, type VoteRequest } from './request.js';
import { existingSubject, type Subject, simulatedSubject } from './subject.js';

/** Exit statuses beside 0 for +1 and 1 for -1: no vote, and interrupted. */
const status = { noVote: 2, interrupted: 130 } as const;

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());

/** A file name that sorts by time and tells what was tested. */
function bundleFile(host: string): string {
  const stamp = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return join('votes', `${host.replaceAll(/[^\w.-]/g, '_')}-${stamp}.tar.gz`);
}

async function vote(request: VoteRequest): Promise<number> {
  const { choice } = request;
  const obstacle = reasonWithoutTempest() ?? (choice === undefined ? await reasonToSkip() : undefined);
  if (obstacle !== undefined) throw new Error(obstacle);
  const subject = await (choice ? existingSubject(choice, process.env) : simulatedSubject());
  const file = resolve(request.bundle ?? bundleFile(subject.host));
  const { vote, summary } = await castAndRelease(subject, request, file);
  print(`\n${summary}`);
  for (const reason of vote.reasons) print(`  ${reason}`);
  print(`log bundle: ${file}`);
  print(`vote: ${vote.value}`);
  return vote.value === '+1' ? 0 : 1;
}

async function castAndRelease(subject: Subject, request: VoteRequest, file: string): Promise<Ballot> {
  const folder = await mkdtemp(join(tmpdir(), 'powervm-tempest-'));
  try {
    const tempest = new Tempest(folder, subject.environment);
    return await castBallot(subject, request, { tempest, file, signal: interrupted.signal });
  } finally {
    await rm(folder, { recursive: true, force: true });
    await subject.release();
  }
}

try {
  const request = readRequest(process.argv.slice(2));
  if (request) process.exitCode = await vote(request);
  else print(usage);
} catch (error) {
  print(`no vote: ${error instanceof Error ? error.message : String(error)}`);
  if (error instanceof UsageError) print(`\n${usage}`);
  process.exitCode = interrupted.signal.aborted ? status.interrupted : status.noVote;
}
