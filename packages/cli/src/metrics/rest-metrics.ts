import { observe } from '@openstack-powervm/rest';
import type { Registry } from './registry.js';

/** From quick properties to uploads, in seconds. */
const requestSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
const batchSizes = [1, 2, 3, 5, 8, 13, 21, 34, 55];

/** Measures everything that this process asks of PowerVM REST servers; returns the function that ends it. */
export function measureRest(registry: Registry): () => void {
  const stops = [
    measureRequests(registry),
    measureSessions(registry),
    measureCommits(registry),
    measureEvents(registry),
    measureJobs(registry),
    measureTransfers(registry),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function measureRequests(registry: Registry): () => void {
  const name = 'powervm_rest_requests_total';
  const count = registry.counter(name, 'Requests by method and HTTP status, or the error code without one.');
  const time = registry.histogram('powervm_rest_request_seconds', 'Time of one request.', requestSeconds);
  const retries = registry.counter('powervm_rest_retries_total', 'Requests sent again, by reason.');
  const stops = [
    observe('powervm.rest.request', ({ method, path, status, error, durationMs }) => {
      count.add({ method, status: status === undefined ? (error ?? 'none') : String(status) });
      // A long poll takes as long as nothing happens.
      if (!path.includes('QUEUE_APPLICATIONID')) time.observe(durationMs / 1000, { method });
    }),
    observe('powervm.rest.retry', ({ reason }) => retries.add({ reason })),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function measureSessions(registry: Registry): () => void {
  const steps = registry.counter('powervm_rest_session_steps_total', 'Logons, logoffs and their failures.');
  let open = 0;
  registry.gauge('powervm_rest_sessions', 'Sessions that are open now.', () => open);
  return observe('powervm.rest.session', ({ step }) => {
    steps.add({ step });
    if (step === 'logon') open += 1;
    if (step === 'logoff' || step === 'logoff-failed') open -= 1;
  });
}

function measureCommits(registry: Registry): () => void {
  const batches = registry.counter('powervm_rest_commits_total', 'Batches of group commit, by outcome.');
  const sizes = registry.histogram('powervm_rest_commit_edits', 'Edits that shared one write.', batchSizes);
  return observe('powervm.rest.commit', ({ outcome, edits }) => {
    batches.add({ outcome });
    sizes.observe(edits);
  });
}

function measureEvents(registry: Registry): () => void {
  const polls = registry.counter('powervm_rest_event_polls_total', 'Answers to the event poll, by outcome.');
  const events = registry.counter('powervm_rest_events_total', 'Events received.');
  const gaps = registry.counter('powervm_rest_event_gaps_total', 'Times that events may be lost, by reason.');
  return observe('powervm.rest.events', ({ outcome, events: received = 0, gap }) => {
    polls.add({ outcome });
    events.add({}, received);
    if (gap !== undefined && gap !== 'subscribed') gaps.add({ reason: gap });
  });
}

function measureJobs(registry: Registry): () => void {
  const steps = registry.counter('powervm_rest_jobs_total', 'Jobs by operation and what became of them.');
  return observe('powervm.rest.job', ({ operation, step, status }) => {
    const isEnd = status !== undefined && status !== 'NOT_STARTED' && status !== 'RUNNING';
    if (step === 'submitted' || step === 'left-behind') steps.add({ operation, step });
    else if (step === 'status' && isEnd) steps.add({ operation, step: status });
  });
}

function measureTransfers(registry: Registry): () => void {
  const ends = registry.counter('powervm_rest_transfers_total', 'File transfers by outcome.');
  const bytes = registry.counter('powervm_rest_transfer_bytes_total', 'Bytes of file transfers.');
  return observe('powervm.rest.transfer', ({ step, bytes: moved }) => {
    ends.add({ outcome: step });
    if (step !== 'left-behind') bytes.add({}, moved);
  });
}
