import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feedAnswer, Thing, thingAnswer, thingEntry, thingPath, uuid } from '../testing/documents.js';
import { openSession } from '../testing/open.js';
import { errorAnswer, ScriptedConsole } from '../testing/scripted-console.js';

const read = `GET ${thingPath}`;
const listed = 'GET /rest/api/uom/Thing?group=None';

test('get reads one object with no group, its ETag from the header', async (t) => {
  const scripted = await ScriptedConsole.start(t, {
    [read]: thingAnswer({ etag: '-1370264134', name: 'Grüße' }),
  });
  const session = await openSession(t, scripted);
  const thing = await session.get(Thing, uuid);
  assert.equal(thing.id, uuid);
  assert.equal(thing.etag, '-1370264134');
  assert.equal(thing.path, thingPath);
  assert.equal(thing.value.name, 'Grüße', 'UTF-8 without a charset in the header');
  const sent = scripted.requests.at(-1);
  assert.equal(sent?.headers['accept'], 'application/atom+xml');
  assert.equal(sent?.headers['x-api-session'], 'token-1');
  assert.ok(sent?.headers['x-audit-memento']);
});

test('TX-6 groups are asked for by name, sorted; an empty list asks for no group', async (t) => {
  const both = `/rest/api/uom/ManagedSystem/ms/Thing/${uuid}?group=ViosFCMapping,ViosSCSIMapping`;
  const scripted = await ScriptedConsole.start(t, {
    [`GET ${both}`]: thingAnswer({ path: both }),
    [`GET /rest/api/uom/Thing/${uuid}`]: thingAnswer(),
  });
  const session = await openSession(t, scripted);
  const parent = { type: { name: 'ManagedSystem', service: 'uom' }, id: 'ms' } as const;
  const thing = await session.get(Thing, uuid, { groups: ['ViosSCSIMapping', 'ViosFCMapping'], parent });
  assert.equal(thing.path, both);
  await session.get(Thing, uuid, { groups: [] });
});

test('refresh sends the ETag and gives the same entity back on 304', async (t) => {
  const scripted = await ScriptedConsole.start(t, {
    [read]: [thingAnswer(), { status: 304 }, thingAnswer({ etag: '2', name: 'two' })],
  });
  const session = await openSession(t, scripted);
  const thing = await session.get(Thing, uuid);
  assert.equal(await session.refresh(thing), thing);
  assert.equal(scripted.requests.at(-1)?.headers['if-none-match'], '-1');
  const changed = await session.refresh(thing);
  assert.equal(changed.value.name, 'two');
  assert.equal(changed.etag, '2');
});

test('list reads a feed; each member has its own ETag; 204 is an empty feed', async (t) => {
  const other = uuid.replace(/1$/, '2');
  const members = [
    thingEntry({ etag: '5' }),
    thingEntry({ id: other, etag: '6', path: `/rest/api/uom/Thing/${other}?group=None` }),
  ];
  const scripted = await ScriptedConsole.start(t, {
    [listed]: [feedAnswer(members), { status: 204 }, feedAnswer([])],
  });
  const session = await openSession(t, scripted);
  const things = await session.list(Thing);
  assert.deepEqual(
    things.map(({ id, etag }) => [id, etag]),
    [
      [uuid, '5'],
      [other, '6'],
    ],
  );
  assert.deepEqual(await session.list(Thing), []);
  assert.deepEqual(await session.list(Thing), []);
});

test('stream yields entries while the feed is still arriving, and stops the transfer when left', async (t) => {
  const body = String(feedAnswer([thingEntry({ name: 'first' }), thingEntry({ name: 'second' })]).body);
  const cut = body.indexOf('</entry>') + '</entry>'.length;
  let closed = false;
  const scripted = await ScriptedConsole.start(t, {
    [listed]: (_request, response) => {
      response.on('close', () => {
        closed = true;
      });
      response.write(body.slice(0, cut));
      return undefined; // the rest never comes
    },
  });
  const session = await openSession(t, scripted);
  for await (const thing of session.stream(Thing)) {
    assert.equal(thing.value.name, 'first');
    break;
  }
  while (!closed) await new Promise(setImmediate);
});

test('a stream that breaks off fails after the entries in front of the break', async (t) => {
  const body = String(feedAnswer([thingEntry({ name: 'first' })]).body).replace('</feed>', '<entry>');
  const scripted = await ScriptedConsole.start(t, { [listed]: [{ body }, { status: 204 }] });
  const session = await openSession(t, scripted);
  const names: (string | undefined)[] = [];
  const reading = async () => {
    for await (const thing of session.stream(Thing)) names.push(thing.value.name);
  };
  await assert.rejects(reading, { code: 'PVM_BAD_RESPONSE' });
  assert.deepEqual(names, ['first']);
  for await (const _thing of session.stream(Thing)) assert.fail('204 is an empty feed');
});

test('search encodes every character of the value', async (t) => {
  const search = "GET /rest/api/uom/Thing/search/(ThingName=='it%27s%20%28a%2Fb%29')?group=None";
  const scripted = await ScriptedConsole.start(t, { [search]: feedAnswer([thingEntry()]) });
  const session = await openSession(t, scripted);
  const found = await session.search(Thing, { property: 'ThingName', value: "it's (a/b)" });
  assert.equal(found.length, 1);
});

test('quick reads a JSON value', async (t) => {
  const quick = `GET /rest/api/uom/Thing/${uuid}/quick/PartitionType`;
  const scripted = await ScriptedConsole.start(t, { [quick]: [{ body: '"OS400"' }, { body: 'oops' }] });
  const session = await openSession(t, scripted);
  assert.equal(await session.quick(Thing, uuid, 'PartitionType'), 'OS400');
  assert.equal(scripted.requests.at(-1)?.headers['accept'], '*/*');
  await assert.rejects(session.quick(Thing, uuid, 'PartitionType'), { code: 'PVM_BAD_RESPONSE' });
});

test("a refusal carries status, reason code, the console's words and the path", async (t) => {
  const scripted = await ScriptedConsole.start(t, {
    [read]: [
      errorAnswer(404, 'HSCL1234 no such thing'),
      { status: 400, body: '<html>proxy</html>' },
      { status: 500 },
    ],
  });
  const session = await openSession(t, scripted);
  await assert.rejects(session.get(Thing, uuid), {
    code: 'PVM_NOT_FOUND',
    status: 404,
    grade: 'object',
    reasonCode: 'Unknown internal error.',
    consoleMessage: 'HSCL1234 no such thing',
    method: 'GET',
    path: thingPath,
  });
  await assert.rejects(session.get(Thing, uuid), { code: 'PVM_REQUEST_REFUSED', status: 400 });
  await assert.rejects(session.get(Thing, uuid), { code: 'PVM_REQUEST_REFUSED', status: 500 });
});

test('answers that are no object of the type are refused with the path', async (t) => {
  const bodies = [
    '',
    '<entry',
    '<html/>',
    String(thingAnswer().body).replaceAll('Thing:Thing', 'Thing:Other'),
  ];
  for (const body of bodies) {
    const scripted = await ScriptedConsole.start(t, { [read]: { body } });
    const session = await openSession(t, scripted);
    await assert.rejects(session.get(Thing, uuid), { code: 'PVM_BAD_RESPONSE', path: thingPath });
  }
});

test('ids that would lead to another path are refused before anything is sent', async (t) => {
  const scripted = await ScriptedConsole.start(t);
  const session = await openSession(t, scripted);
  for (const id of ['../ManagedSystem', 'a/b', 'a?force=true', '..', ''])
    await assert.rejects(session.get(Thing, id), { code: 'PVM_INVALID_ARGUMENT' });
  assert.deepEqual(scripted.seen, []);
});
