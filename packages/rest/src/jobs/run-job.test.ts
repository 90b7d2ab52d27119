import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { PowerVMError } from '../errors/error.js';
import type { Session } from '../session/session.js';
import { webAnswer } from '../testing/documents.js';
import { openSession } from '../testing/open.js';
import { type Answer, errorAnswer, ScriptedConsole, type Step } from '../testing/scripted-console.js';
import type { JobProgress } from './job-response.js';
import { isAlreadyOff, isAlreadyOn } from './power-codes.js';
import type { JobOptions } from './run-job.js';

const LogicalPartition = { name: 'LogicalPartition', service: 'uom' } as const;
const id = '6D459A1E-D028-4F36-83FF-207F29700FB8';
const run = `/rest/api/uom/LogicalPartition/${id}/do/PowerOn`;
const poll = 'GET /rest/api/uom/jobs/77?group=None';
const submit = `PUT ${run}`;
const cancel = 'POST /rest/api/uom/jobs/77/cancel?group=None';
const del = 'DELETE /rest/api/uom/jobs/77';

const requested = (operation: string, group: string) =>
  `<RequestedOperation kb="CUR" schemaVersion="V1_0"><Metadata><Atom/></Metadata><OperationName kb="ROR">${operation}</OperationName>` +
  `<GroupName kb="ROR">${group}</GroupName></RequestedOperation>`;

function template(operation = 'PowerOn', group = 'LogicalPartition'): Answer {
  const parameters =
    '<JobParameters kb="CUR" schemaVersion="V1_0"><Metadata><Atom/></Metadata></JobParameters>';
  return webAnswer('JobRequest', requested(operation, group) + parameters);
}

function job(status: string, extra = ''): Answer {
  return webAnswer('JobResponse', `<JobID kb="ROR">77</JobID><Status kb="ROR">${status}</Status>${extra}`);
}

function results(values: Record<string, string>): string {
  const items = Object.entries(values).map(
    ([name, value]) =>
      `<JobParameter schemaVersion="V1_0"><Metadata><Atom/></Metadata><ParameterName>${name}</ParameterName><ParameterValue>${value}</ParameterValue></JobParameter>`,
  );
  return `<Results kb="ROR" schemaVersion="V1_0"><Metadata><Atom/></Metadata>${items.join('')}</Results>`;
}

async function start(t: TestContext, script: Record<string, Step | Step[]>) {
  const scripted = await ScriptedConsole.start(t, {
    [`GET ${run}`]: template(),
    [submit]: job('NOT_STARTED'),
    [poll]: job('RUNNING'),
    [del]: { status: 204 },
    ...script,
  });
  return { scripted, session: await openSession(t, scripted) };
}

function powerOn(session: Session, more: Partial<JobOptions> = {}) {
  return session.runJob({ type: LogicalPartition, id, operation: 'PowerOn', ...more });
}

async function arrival(scripted: ScriptedConsole, route: string): Promise<void> {
  while (scripted.count(route) === 0) await new Promise(setImmediate);
}

test('JOB-1 a job is submitted, polled to its end and deleted', async (t) => {
  const { scripted, session } = await start(t, {
    [poll]: [job('RUNNING'), job('RUNNING'), job('COMPLETED_OK', results({ returnCode: '0' }))],
  });
  const done = await powerOn(session, { parameters: { bootmode: 'norm', inputXML: '<a>&</a>' } });
  assert.deepEqual(done, { status: 'COMPLETED_OK', results: { returnCode: '0' } });
  await session.close();
  assert.deepEqual(scripted.seen, [`GET ${run}`, submit, poll, poll, poll, del]);
  const sent = scripted.requests.find(({ method, path }) => method === 'PUT' && path === run);
  assert.equal(sent?.headers['content-type'], 'application/vnd.ibm.powervm.web+xml; type=JobRequest');
  assert.match(
    sent?.body ?? '',
    /<(\w+:)?JobParameter schemaVersion="V1_0"><(\w+:)?ParameterName>bootmode<\/(\w+:)?ParameterName><(\w+:)?ParameterValue>norm</,
  );
  assert.match(sent?.body ?? '', /<!\[CDATA\[<a>&<\/a>\]\]>/);
});

test('a job that is over with its submission is not polled', async (t) => {
  const { scripted, session } = await start(t, { [submit]: job('COMPLETED_OK') });
  await powerOn(session);
  await session.close();
  assert.deepEqual(scripted.seen, [`GET ${run}`, submit, del]);
});

test('the address of a submission is made of what the template says; a job of a type has no id', async (t) => {
  const type = { name: 'Cluster', service: 'uom' } as const;
  const { session } = await start(t, {
    'GET /rest/api/uom/Cluster/do/Create': template('Create', 'Cluster'),
    'PUT /rest/api/uom/Cluster/do/Create': job('COMPLETED_OK'),
  });
  await session.runJob({ type, operation: 'Create' });
});

test('JOB-2 only COMPLETED_OK is success; the reason is the result, else the exception', async (t) => {
  const exception = '<ResponseException kb="ROR"><Message>HSCL05DF wrong state</Message></ResponseException>';
  const cases: [Answer, string | undefined][] = [
    [
      job(
        'COMPLETED_WITH_ERROR',
        exception + results({ returnCode: '1', result: 'HSCL9999 nothing works\n' }),
      ),
      'HSCL9999 nothing works',
    ],
    [job('FAILED_BEFORE_COMPLETION', exception + results({ result: ' ' })), 'HSCL05DF wrong state'],
    [job('COMPLETED_WITH_WARNINGS'), undefined],
  ];
  for (const [answer, message] of cases) {
    const { scripted, session } = await start(t, { [poll]: answer });
    const error = await powerOn(session).catch((caught: unknown) => caught);
    assert.ok(PowerVMError.is(error, 'PVM_JOB_FAILED'));
    assert.equal(error.consoleMessage, message);
    assert.equal(error.job?.id, '77');
    await session.close();
    assert.equal(scripted.count(del), 1, 'deleted after a failure as well');
  }
});

test('the results of a failed job are in the error', async (t) => {
  const { session } = await start(t, { [poll]: job('COMPLETED_WITH_ERROR', results({ RETURN_CODE: '21' })) });
  await assert.rejects(
    powerOn(session),
    (error) => PowerVMError.is(error) && error.job?.results['RETURN_CODE'] === '21',
  );
});

test('already on and already off are told by code, the caller decides', async (t) => {
  const { session } = await start(t, {
    [poll]: job('COMPLETED_WITH_ERROR', results({ result: 'HSCL3681 it runs' })),
  });
  const error = await powerOn(session).catch((caught: unknown) => caught);
  assert.equal(isAlreadyOn(error), true);
  assert.equal(isAlreadyOff(error), false);
  assert.equal(isAlreadyOn(new Error('HSCL3681')), false);
});

test('a refused submission is the refusal itself, and nothing is left to delete', async (t) => {
  const { scripted, session } = await start(t, { [submit]: errorAnswer(400, 'HSCL1558 off already') });
  const error = await powerOn(session).catch((caught: unknown) => caught);
  assert.ok(PowerVMError.is(error, 'PVM_REQUEST_REFUSED'));
  assert.ok(isAlreadyOff(error));
  await session.close();
  assert.equal(scripted.count(del), 0);
});

test('progress is told when it changes', async (t) => {
  const at = (fraction: string, ...messages: string[]) =>
    `<Progress kb="ROO"><CompletedTasks>${messages.map((text) => `<NLSMessage><UntranslatedMessage>${text}</UntranslatedMessage><MessageKey>K</MessageKey></NLSMessage>`).join('')}</CompletedTasks><LinearProgress>${fraction}</LinearProgress></Progress>`;
  const half = job('RUNNING', at('0.5', 'Started'));
  const { session } = await start(t, {
    [poll]: [half, half, job('COMPLETED_OK', at('1.0', 'Started', 'Complete'))],
  });
  const seen: JobProgress[] = [];
  await powerOn(session, { onProgress: (progress) => seen.push(progress) });
  assert.deepEqual(seen, [
    { status: 'NOT_STARTED', fraction: undefined, messages: [] },
    { status: 'RUNNING', fraction: 0.5, messages: ['Started'] },
    { status: 'COMPLETED_OK', fraction: 1, messages: ['Started', 'Complete'] },
  ]);
});

test('JOB-1 a time-out is an error of its own; the job is cancelled, seen to its end and deleted', async (t) => {
  const { scripted, session } = await start(t, {
    [cancel]: () => {
      scripted.on(poll, job('COMPLETED_WITH_ERROR'));
      return { status: 204 };
    },
  });
  await assert.rejects(powerOn(session, { timeoutMs: 20 }), { code: 'PVM_JOB_TIMEOUT' });
  await arrival(scripted, del);
  const asked = scripted.requests.find(({ path }) => path.includes('/cancel'));
  assert.equal(asked?.body, '');
  assert.equal(asked?.headers['content-type'], 'application/vnd.ibm.powervm.uom+xml; type=77');
});

test('stop-waiting leaves the job running and deletes its record when it has ended', async (t) => {
  const { scripted, session } = await start(t, {});
  const controller = new AbortController();
  const running = powerOn(session, { signal: controller.signal });
  await arrival(scripted, poll);
  controller.abort();
  await assert.rejects(running, { code: 'PVM_ABORTED' });
  scripted.on(poll, job('COMPLETED_OK'));
  await arrival(scripted, del);
  assert.equal(scripted.count(cancel), 0);
});

test('cancel asks the console to cancel; that it cannot is no obstacle', async (t) => {
  const { scripted, session } = await start(t, { [cancel]: errorAnswer(400, 'cannot be cancelled') });
  const controller = new AbortController();
  const running = powerOn(session, { signal: controller.signal, onAbort: 'cancel' });
  await arrival(scripted, poll);
  controller.abort();
  await assert.rejects(running, { code: 'PVM_ABORTED' });
  await arrival(scripted, cancel);
  scripted.on(poll, job('COMPLETED_OK'));
  await arrival(scripted, del);
});

test('abandon sends nothing more', async (t) => {
  const { scripted, session } = await start(t, {});
  const controller = new AbortController();
  const running = powerOn(session, { signal: controller.signal, onAbort: 'abandon' });
  await arrival(scripted, poll);
  controller.abort();
  await assert.rejects(running, { code: 'PVM_ABORTED' });
  const before = scripted.seen.length;
  await session.close();
  assert.ok(scripted.seen.length <= before + 1, 'at most a poll that was on its way');
  assert.equal(scripted.count(del), 0);
});

test('an abort during the submission waits in the background for the id, then cancels and deletes', async (t) => {
  let answer: () => void = () => {};
  const { scripted, session } = await start(t, {
    [submit]: () =>
      new Promise<Answer>((resolve) => {
        answer = () => resolve(job('RUNNING'));
      }),
    [cancel]: { status: 204 },
    [poll]: job('COMPLETED_WITH_ERROR'),
  });
  const controller = new AbortController();
  const running = powerOn(session, { signal: controller.signal, onAbort: 'cancel' });
  await arrival(scripted, submit);
  controller.abort();
  await assert.rejects(running, { code: 'PVM_ABORTED' });
  answer();
  await session.close();
  assert.equal(scripted.count(cancel), 1);
  assert.equal(scripted.count(del), 1);
});

test('an abort before the submission submits nothing', async (t) => {
  const { scripted, session } = await start(t, { [`GET ${run}`]: () => undefined });
  const controller = new AbortController();
  const running = powerOn(session, { signal: controller.signal });
  await arrival(scripted, `GET ${run}`);
  controller.abort();
  await assert.rejects(running, { code: 'PVM_ABORTED' });
  await session.close();
  assert.equal(scripted.count(submit), 0);
});

test('a listener that throws ends the wait, and the job is still deleted', async (t) => {
  const { scripted, session } = await start(t, { [poll]: job('COMPLETED_OK') });
  const mine = new Error('mine');
  const running = powerOn(session, {
    onProgress: () => {
      throw mine;
    },
  });
  await assert.rejects(running, (error) => error === mine);
  await session.close();
  assert.equal(scripted.count(del), 1);
});

test('a console that is away for a while does not end the wait for a job', async (t) => {
  const away: Step = (_request, response) => void response.destroy();
  const { session } = await start(t, { [poll]: [away, away, away, away, job('COMPLETED_OK')] });
  assert.equal((await powerOn(session)).status, 'COMPLETED_OK');
});
