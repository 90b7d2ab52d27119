import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { PowerVMError } from '../errors/error.js';
import type { Session } from '../session/session.js';
import { Thing, thingAnswer, thingPath, uuid } from '../testing/documents.js';
import { openSession } from '../testing/open.js';
import { type Answer, errorAnswer, ScriptedConsole, type SeenRequest } from '../testing/scripted-console.js';

const read = `GET ${thingPath}`;
const write = `POST ${thingPath}`;

/** A console that keeps one Thing: real ETags, real 412s; `judge` may refuse a document. */
class Store {
  mappings: string[] = [];
  version = 1;
  readonly #judge: (mappings: string[]) => Answer | undefined;

  constructor(judge: (mappings: string[]) => Answer | undefined = () => undefined) {
    this.#judge = judge;
  }

  readonly script = {
    [read]: () => this.#answer(),
    [write]: (request: SeenRequest) => this.#take(request),
  };

  /** Somebody else changes the object. */
  touch(): void {
    this.version += 1;
  }

  #answer(): Answer {
    return thingAnswer({ etag: String(this.version), mappings: this.mappings });
  }

  #take({ headers, body }: SeenRequest): Answer {
    if (headers['if-match'] !== String(this.version)) return errorAnswer(412, 'changed by somebody else');
    const mappings = [...body.matchAll(/:?Name>([^<]*)</g)]
      .map((match) => match[1] ?? '')
      .filter((name) => name !== 'one' && name !== '');
    const refusal = this.#judge(mappings);
    if (refusal) return refusal;
    this.mappings = mappings;
    this.version += 1;
    return this.#answer();
  }
}

async function start(t: TestContext, store: Store): Promise<{ scripted: ScriptedConsole; session: Session }> {
  const scripted = await ScriptedConsole.start(t, store.script);
  return { scripted, session: await openSession(t, scripted) };
}

function add(session: Session, name: string, signal?: AbortSignal) {
  return session.commit(
    Thing,
    uuid,
    ['None'],
    (value) => {
      if (value.mappings.some((mapping) => mapping.name === name)) return false;
      value.mappings.add({ name });
      return true;
    },
    { signal },
  );
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`);

test('TX-2 edits that wait for one object are one read and one write', async (t) => {
  const store = new Store();
  const { scripted, session } = await start(t, store);
  const names = numbered(20);
  const done = await Promise.all(names.map((name) => add(session, name)));
  assert.deepEqual(store.mappings, names);
  assert.deepEqual(scripted.seen, [read, write]);
  assert.equal(done[7]?.etag, '2');
  assert.equal(done[7]?.value.mappings.length, 20);
});

test('what is queued while a write is on its way is the next batch', async (t) => {
  const store = new Store();
  const { scripted, session } = await start(t, store);
  const first = add(session, 'a');
  while (scripted.seen.length === 0) await new Promise(setImmediate);
  await Promise.all([first, ...numbered(10).map((name) => add(session, name))]);
  assert.equal(store.mappings.length, 11);
  assert.deepEqual(scripted.seen, [read, write, read, write]);
});

test('owners do not see each other through their entities', async (t) => {
  const { session } = await start(t, new Store());
  const [one, two] = await Promise.all([add(session, 'a'), add(session, 'b')]);
  assert.ok(one && two);
  one.value.name = 'changed by its owner';
  assert.equal(two.value.name, 'one');
  assert.equal(one.value, one.value);
});

test('TX-4 edits that change nothing cost no write', async (t) => {
  const store = new Store();
  store.mappings = ['a'];
  const { scripted, session } = await start(t, store);
  const entity = await add(session, 'a');
  assert.equal(entity.etag, '1');
  assert.deepEqual(scripted.seen, [read]);
});

test('TX-1 a 412 means one more read and one more write for the whole batch', async (t) => {
  const store = new Store();
  const { scripted, session } = await start(t, store);
  scripted.on(read, () => {
    scripted.on(read, store.script[read] ?? {});
    const answer = store.script[read]?.();
    store.touch();
    return answer;
  });
  await Promise.all(numbered(5).map((name) => add(session, name)));
  assert.deepEqual(store.mappings, numbered(5));
  assert.deepEqual(scripted.seen, [read, write, read, write]);
});

test('RETRY-3 twenty committers in sessions of their own fight it out, and nothing is lost', async (t) => {
  const store = new Store();
  const scripted = await ScriptedConsole.start(t, store.script);
  const names = numbered(20);
  const sessions = await Promise.all(names.map(() => openSession(t, scripted)));
  await Promise.all(sessions.map((session, index) => add(session, `m${index}`)));
  assert.deepEqual(new Set(store.mappings), new Set(names));
});

test('a refused batch is split until the guilty edit stands alone; only its owner fails', async (t) => {
  const store = new Store((mappings) =>
    mappings.includes('bad') ? errorAnswer(400, 'HSCLBAD no such disk') : undefined,
  );
  const { scripted, session } = await start(t, store);
  const names = [...numbered(3), 'bad', ...numbered(8).slice(3)];
  const outcomes = await Promise.allSettled(names.map((name) => add(session, name)));
  const failed = outcomes.flatMap((outcome, index) =>
    outcome.status === 'rejected' ? [[names[index], outcome.reason]] : [],
  );
  assert.equal(failed.length, 1);
  const [name, error] = failed[0] ?? [];
  assert.equal(name, 'bad');
  assert.ok(PowerVMError.is(error, 'PVM_REQUEST_REFUSED'));
  assert.equal(error.consoleMessage, 'HSCLBAD no such disk');
  assert.deepEqual(new Set(store.mappings), new Set(numbered(8)));
  assert.ok(scripted.count(write) <= 9, `${scripted.count(write)} writes`);
});

test('several guilty edits are all found', async (t) => {
  const store = new Store((mappings) =>
    mappings.some((name) => name.startsWith('bad')) ? errorAnswer(500, 'no') : undefined,
  );
  const { session } = await start(t, store);
  const names = ['bad1', 'a', 'bad2', 'b', 'bad3'];
  const outcomes = await Promise.allSettled(names.map((name) => add(session, name)));
  assert.deepEqual(
    outcomes.map(({ status }) => status === 'rejected'),
    [true, false, true, false, true],
  );
  assert.deepEqual(store.mappings, ['a', 'b']);
});

test('an edit that had nothing to do because of a refused one is applied again without it', async (t) => {
  let refusals = 1;
  const store = new Store(() => (refusals-- > 0 ? errorAnswer(400, 'not now') : undefined));
  const { session } = await start(t, store);
  const [first, second] = await Promise.allSettled([add(session, 'same'), add(session, 'same')]);
  assert.equal(first?.status, 'rejected');
  assert.equal(second?.status, 'fulfilled');
  assert.deepEqual(store.mappings, ['same']);
});

test('an edit that throws fails alone, and its half-done work is not written', async (t) => {
  const store = new Store();
  const { scripted, session } = await start(t, store);
  const mine = new Error('mine');
  const throwing = session.commit(Thing, uuid, ['None'], (value) => {
    value.mappings.add({ name: 'half' });
    throw mine;
  });
  const [one, bad, two] = await Promise.allSettled([add(session, 'a'), throwing, add(session, 'b')]);
  assert.equal(one?.status, 'fulfilled');
  assert.equal(two?.status, 'fulfilled');
  assert.ok(bad?.status === 'rejected' && bad.reason === mine);
  assert.deepEqual(store.mappings, ['a', 'b']);
  assert.deepEqual(scripted.seen, [read, write]);
});

test('an asynchronous edit is refused, because it would be written half done', async (t) => {
  const { scripted, session } = await start(t, new Store());
  await assert.rejects(
    session.commit(Thing, uuid, ['None'], async () => true),
    { code: 'PVM_INVALID_ARGUMENT' },
  );
  assert.equal(scripted.count(write), 0);
});

test('a write whose answer was lost is found made, and not made twice', async (t) => {
  const store = new Store();
  const { scripted, session } = await start(t, store);
  scripted.on(write, (request, response) => {
    store.script[write]?.(request);
    response.destroy();
    return undefined;
  });
  await add(session, 'a');
  assert.deepEqual(store.mappings, ['a']);
  assert.deepEqual(scripted.seen, [read, write, read]);
});

test('when the object is gone every owner is told', async (t) => {
  const scripted = await ScriptedConsole.start(t, { [read]: errorAnswer(404, 'no such VIOS') });
  const session = await openSession(t, scripted);
  const outcomes = await Promise.allSettled([add(session, 'a'), add(session, 'b')]);
  for (const outcome of outcomes)
    assert.ok(outcome.status === 'rejected' && outcome.reason.code === 'PVM_NOT_FOUND');
});

test('RETRY-1 a VIOS that stays busy is not split into more load', async (t) => {
  const busy = errorAnswer(500, 'VIOS 1*9999 is busy processing some other request. Please retry');
  const scripted = await ScriptedConsole.start(t, { [read]: thingAnswer(), [write]: busy });
  const session = await openSession(t, scripted);
  const outcomes = await Promise.allSettled([add(session, 'a'), add(session, 'b')]);
  for (const outcome of outcomes)
    assert.ok(outcome.status === 'rejected' && outcome.reason.code === 'PVM_VIOS_BUSY');
  assert.equal(scripted.count(write), 4, 'one attempt and three repetitions');
});

test('an owner that gives up while queued takes its edit along', async (t) => {
  const store = new Store();
  const { scripted, session } = await start(t, store);
  const first = add(session, 'a');
  while (scripted.seen.length === 0) await new Promise(setImmediate);
  const controller = new AbortController();
  const second = add(session, 'b', controller.signal);
  controller.abort();
  await assert.rejects(second, { code: 'PVM_ABORTED' });
  await first;
  await add(session, 'c');
  assert.deepEqual(store.mappings, ['a', 'c']);
});

test('a batch on the wire goes on for the others, and is broken off when nobody is left', async (t) => {
  const store = new Store();
  const { scripted, session } = await start(t, store);
  const hang = () => undefined;
  const controllers = [new AbortController(), new AbortController()];
  scripted.on(write, hang);
  const owners = controllers.map((each, index) => add(session, `m${index}`, each.signal));
  const settled = Promise.allSettled(owners);
  while (scripted.count(write) === 0) await new Promise(setImmediate);
  controllers[0]?.abort();
  await assert.rejects(owners[0] ?? Promise.resolve(), { code: 'PVM_ABORTED' });
  scripted.on(write, store.script[write] ?? {});
  controllers[1]?.abort();
  await settled;
  await add(session, 'later');
  assert.deepEqual(store.mappings, ['later'], 'the queue is free again');
});

test('edits for different groups of one object are written one after the other', async (t) => {
  const store = new Store();
  const storage = `/rest/api/uom/Thing/${uuid}?group=ViosStorage`;
  let writing = 0;
  const exclusively = (answer: Answer) => async () => {
    writing += 1;
    assert.equal(writing, 1);
    await new Promise(setImmediate);
    writing -= 1;
    return answer;
  };
  const scripted = await ScriptedConsole.start(t, {
    ...store.script,
    [`GET ${storage}`]: thingAnswer({ path: storage }),
    [`POST ${storage}`]: exclusively(thingAnswer({ path: storage })),
    [write]: exclusively(thingAnswer()),
  });
  const session = await openSession(t, scripted);
  const other = () => session.commit(Thing, uuid, ['ViosStorage'], () => true);
  await Promise.all([add(session, 'a'), other(), add(session, 'b'), other()]);
  assert.equal(scripted.count(write), 1);
  assert.equal(scripted.count(`POST ${storage}`), 1);
});
