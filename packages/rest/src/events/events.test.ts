import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { type TestContext, test } from 'node:test';
import { feedAnswer } from '../testing/documents.js';
import { openSession } from '../testing/open.js';
import { type Answer, ScriptedConsole, type SeenRequest } from '../testing/scripted-console.js';
import type { PowerVMEvent } from './event.js';
import type { EventStream } from './event-stream.js';

const uom = 'http://www.ibm.com/xmlns/systems/power/firmware/uom/mc/2012_10/';

/** One event as consoles send it (captures: event.xml). */
function entry(type: string, data = '', detail = ''): string {
  return (
    '<entry><id>248c622f-d4aa-3202-b833-ccbeceefaf35</id><title>Event</title><content type="application/vnd.ibm.powervm.uom+xml; type=Event">' +
    `<Event:Event xmlns:Event="${uom}" xmlns="${uom}" schemaVersion="V1_1_0"><Metadata><Atom/></Metadata><EventType>${type}</EventType>` +
    `<EventID>1</EventID><EventData>${data}</EventData><EventDetail>${detail}</EventDetail></Event:Event></content></entry>`
  );
}

const lpar = '/rest/api/uom/ManagedSystem/m/LogicalPartition/l';
const modified = entry('MODIFY_URI', `http://localhost:12080${lpar}`, 'PartitionState,Other');

/** A console whose event answers a test hands out one by one; polls hang until then, as real ones do. */
class EventConsole {
  readonly polls: SeenRequest[] = [];
  readonly #waiting: ServerResponse[] = [];
  readonly #answers: ((response: ServerResponse) => void)[] = [];

  constructor(scripted: ScriptedConsole) {
    scripted.onAny((request, response) => {
      if (!request.path.startsWith('/rest/api/uom/Event?')) return false;
      this.polls.push(request);
      const answer = this.#answers.shift();
      if (answer) answer(response);
      else this.#waiting.push(response);
      return true;
    });
  }

  say(...entries: string[]): void {
    this.#give((response) => response.end(feedAnswer(entries).body));
  }

  status(status: number): void {
    this.#give((response) => response.writeHead(status).end());
  }

  breakOff(): void {
    this.#give((response) => response.destroy());
  }

  #give(answer: (response: ServerResponse) => void): void {
    const open = this.#waiting.splice(0).filter((response) => !response.destroyed);
    const [first, ...rest] = open;
    this.#waiting.push(...rest);
    if (first) answer(first);
    else this.#answers.push(answer);
  }
}

async function start(t: TestContext, script: Record<string, Answer> = {}) {
  const scripted = await ScriptedConsole.start(t, script);
  const events = new EventConsole(scripted);
  const session = await openSession(t, scripted);
  return { scripted, events, session };
}

async function take(stream: EventStream): Promise<PowerVMEvent> {
  const step = await stream.next();
  assert.ok(!step.done, 'the stream ended');
  return step.value;
}

const resync = (reason: string) => ({ kind: 'resynchronise', reason, detail: [] });

test('the first event says that the console now queues; then events arrive typed', async (t) => {
  const { events, session } = await start(t);
  const stream = session.events();
  events.say(entry('NEW_CLIENT'));
  assert.deepEqual(await take(stream), resync('subscribed'));
  events.say(
    entry('ADD_URI', `https://9.1.2.3:12443${lpar}`),
    entry('DELETE_URI', lpar),
    modified,
    entry('CUSTOM_CLIENT_EVENT', 'any/thing', '{"action":"plug","mac":"a,b"}'),
    entry('SOMETHING_NEW'),
  );
  assert.deepEqual(await take(stream), {
    kind: 'add',
    uri: lpar,
    detail: [],
    data: `https://9.1.2.3:12443${lpar}`,
    rawDetail: undefined,
  });
  assert.equal((await take(stream)).kind, 'delete');
  assert.deepEqual((await take(stream)).detail, ['PartitionState', 'Other']);
  assert.deepEqual(await take(stream), {
    kind: 'custom',
    detail: [],
    data: 'any/thing',
    rawDetail: '{"action":"plug","mac":"a,b"}',
  });
});

test('a poll names the application id, the same for the life of the subscription', async (t) => {
  const { events, session } = await start(t);
  const stream = session.events();
  events.say(entry('NEW_CLIENT'));
  await take(stream);
  events.status(204);
  events.say(modified);
  await take(stream);
  const [first, second] = events.polls;
  assert.match(
    first?.path ?? '',
    /\?QUEUE_CLIENTKEY_METHOD=USE_APPLICATIONID&QUEUE_APPLICATIONID=[0-9a-f]{32}&group=None$/,
  );
  assert.equal(second?.path, first?.path);
  assert.equal(first?.headers['if-none-match'], undefined);
});

test('all streams of a session share one poll; a late one begins with resynchronise', async (t) => {
  const { events, session } = await start(t);
  const early = session.events();
  events.say(entry('NEW_CLIENT'));
  await take(early);
  const late = session.events();
  assert.deepEqual(await take(late), resync('subscribed'));
  events.say(modified);
  assert.equal((await take(early)).uri, lpar);
  assert.equal((await take(late)).uri, lpar);
  assert.ok(events.polls.length <= 3);
});

test('what the console lost is told', async (t) => {
  const { events, session } = await start(t);
  const stream = session.events();
  events.say(entry('NEW_CLIENT'));
  await take(stream);
  events.say(entry('CACHE_CLEARED'), entry('MISSING_EVENTS'), entry('NEW_CLIENT'));
  assert.deepEqual(await take(stream), resync('cache-cleared'));
  assert.deepEqual(await take(stream), resync('missing-events'));
  assert.deepEqual(await take(stream), resync('new-client'));
});

test('after failed polls the stream goes on with a gap signal, once the console answers', async (t) => {
  const { events, session } = await start(t);
  const stream = session.events();
  events.say(entry('NEW_CLIENT'));
  await take(stream);
  events.breakOff();
  events.status(500);
  events.status(404);
  events.say(entry('NEW_CLIENT'), modified);
  assert.deepEqual(await take(stream), resync('poll-failed'));
  assert.equal((await take(stream)).uri, lpar);
});

test('an answer that cannot be read is a gap as well', async (t) => {
  const { events, session } = await start(t);
  const stream = session.events();
  events.say(entry('NEW_CLIENT'));
  await take(stream);
  events.say('<oops>');
  events.say(modified);
  assert.deepEqual(await take(stream), resync('poll-failed'));
});

test('a reader that does not keep up loses what it missed and is told', async (t) => {
  const { events, session } = await start(t);
  const slow = session.events({ buffer: 3 });
  const quick = session.events();
  events.say(entry('NEW_CLIENT'));
  await take(quick);
  events.say(modified, modified, modified, entry('DELETE_URI', lpar));
  for (let index = 0; index < 4; index += 1) await take(quick);
  assert.deepEqual(await take(slow), resync('overflow'));
  assert.equal((await take(slow)).kind, 'modify');
  assert.equal((await take(slow)).kind, 'delete');
});

test('leaving the loop ends the poll when nobody else reads', async (t) => {
  const { events, session, scripted } = await start(t);
  const stream = session.events();
  events.say(entry('NEW_CLIENT'));
  for await (const event of stream) {
    assert.equal(event.reason, 'subscribed');
    break;
  }
  while ((await scripted.openConnections()) > 1) await new Promise(setImmediate);
  const again = session.events();
  events.say(entry('NEW_CLIENT'));
  await take(again);
  const ids = new Set(events.polls.map(({ path }) => path));
  assert.equal(ids.size, 2, 'a new subscription has a queue of its own');
});

test('closing the session ends streams quietly, aborting one ends it with PVM_ABORTED', async (t) => {
  const { session } = await start(t);
  const quiet = session.events();
  const controller = new AbortController();
  const aborted = session.events({ signal: controller.signal });
  const waiting = aborted.next();
  controller.abort();
  await assert.rejects(waiting, { code: 'PVM_ABORTED' });
  assert.equal((await aborted.next()).done, true);
  const end = quiet.next();
  await session.close();
  assert.deepEqual(await end, { done: true, value: undefined });
  assert.throws(() => session.events(), { code: 'PVM_SESSION_CLOSED' });
});

test('a session that may not log on again ends its streams with the reason', async (t) => {
  const { scripted, events, session } = await start(t);
  const stream = session.events();
  scripted.on('PUT /rest/api/web/Logon', { status: 401 });
  events.status(401);
  await assert.rejects(stream.next(), { code: 'PVM_LOGON_REFUSED' });
});

test('inject puts data and detail, and nothing else', async (t) => {
  const { scripted, session } = await start(t, { 'PUT /rest/api/uom/Event': { status: 200, body: '' } });
  await session.inject({ data: lpar, detail: '{"action":"plug"}' });
  const sent = scripted.requests.at(-1);
  assert.equal(sent?.headers['content-type'], 'application/vnd.ibm.powervm.uom+xml; type=Event');
  assert.match(
    sent?.body ?? '',
    /<\/uom:Metadata><uom:EventData>\/rest.*<\/uom:EventData><uom:EventDetail>\{"action":"plug"\}<\/uom:EventDetail><\/uom:Event>$/,
  );
});
