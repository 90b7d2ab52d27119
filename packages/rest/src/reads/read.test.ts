import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManagedSystemPcmPreference, VolumeGroup } from '../resources/index.js';
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

test('L-38 a refused quick property may have no body', async (t) => {
  const quick = `GET /rest/api/uom/Thing/${uuid}/quick/PartitionState`;
  const scripted = await ScriptedConsole.start(t, { [quick]: [{ status: 404 }, { status: 500 }] });
  const session = await openSession(t, scripted);
  const read = () => session.quick(Thing, uuid, 'PartitionState');
  await assert.rejects(read(), { code: 'PVM_NOT_FOUND', status: 404 });
  await assert.rejects(read(), { code: 'PVM_REQUEST_REFUSED', status: 500 });
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

test('what a console cannot do is refused before anything is sent, with what to do instead', async (t) => {
  const scripted = await ScriptedConsole.start(t);
  const session = await openSession(t, scripted);
  await assert.rejects(session.list(VolumeGroup), {
    code: 'PVM_INVALID_ARGUMENT',
    message: /VolumeGroup is addressed below VirtualIOServer: give the object as 'parent'/,
  });
  await assert.rejects(session.search(Thing, { property: 'Enabled', value: 'true' }), {
    code: 'PVM_INVALID_ARGUMENT',
    message: /list them and filter/,
  });
  for (const path of ['/simulator/world', 'https://elsewhere/x', '/rest/api/uom/a b'])
    await assert.rejects(session.read(path), { code: 'PVM_INVALID_ARGUMENT' });
  assert.deepEqual(scripted.seen, []);
});

test('PCM preferences are addressed, versioned and written in their own way', async (t) => {
  const pcm = 'http://www.ibm.com/xmlns/systems/power/firmware/pcm/mc/2012_10/';
  const path = '/rest/api/pcm/ManagedSystem/ms/preferences?group=None';
  const entry =
    '<entry><id>ac7580fa-861d-4ab8-b0d1-351267684aa5</id><content type="application/xml">' +
    `<P:ManagedSystemPcmPreference xmlns:P="${pcm}" xmlns="${pcm}" schemaVersion="V1_2_0"><Metadata><Atom><AtomID>ms</AtomID></Atom></Metadata>` +
    '<LongTermMonitorEnabled kb="UOD">false</LongTermMonitorEnabled></P:ManagedSystemPcmPreference></content></entry>';
  const answer = { ...feedAnswer([entry]), headers: { ETag: '-215935973' } };
  const scripted = await ScriptedConsole.start(t, { [`GET ${path}`]: answer, [`POST ${path}`]: answer });
  const session = await openSession(t, scripted);
  const parent = { type: { name: 'ManagedSystem', service: 'uom' }, id: 'ms' } as const;
  const [preference] = await session.list(ManagedSystemPcmPreference, { parent });
  assert.ok(preference);
  assert.equal(preference.id, 'ms');
  await session.update(preference, (value) => {
    value.longTermMonitorEnabled = true;
  });
  const sent = scripted.requests.at(-1);
  assert.equal(sent?.headers['content-type'], 'application/xml');
  assert.equal(sent?.headers['if-match'], '-215935973');
});

test('read brings any path or link as it is', async (t) => {
  const metric = '/rest/api/pcm/ManagedSystem/ms/RawMetrics/LTM_8247-22L*1_phyp_20150430T035300+0000.json';
  const scripted = await ScriptedConsole.start(t, { [`GET ${metric}`]: { body: '{"a":1}' } });
  const session = await openSession(t, scripted);
  const { status, body } = await session.read(`https://9.1.2.3:12443${metric}`, { accept: '*/*' });
  assert.deepEqual([status, Buffer.from(body).toString()], [200, '{"a":1}']);
  assert.equal(scripted.requests.at(-1)?.headers['accept'], '*/*');
});

test('identical reads that are under way are one request, and each reader has a document of its own', async (t) => {
  const scripted = await ScriptedConsole.start(t, { [read]: thingAnswer() });
  const session = await openSession(t, scripted);
  const [one, two] = await Promise.all([session.get(Thing, uuid), session.get(Thing, uuid)]);
  assert.equal(scripted.count(read), 1);
  assert.ok(one && two);
  one.value.name = 'changed';
  assert.equal(two.value.name, 'one');
  await session.get(Thing, uuid);
  assert.equal(scripted.count(read), 2, 'only reads under way are shared');
});

test('a reader that gives up does not end the read of the others; the last one does', async (t) => {
  let closed = false;
  let answer: () => void = () => {};
  const scripted = await ScriptedConsole.start(t, {
    [read]: (_request, response) =>
      new Promise((resolve) => {
        response.on('close', () => {
          closed = true;
        });
        answer = () => resolve(thingAnswer());
      }),
  });
  const session = await openSession(t, scripted);
  const arrival = async (count: number) => {
    while (scripted.count(read) < count) await new Promise(setImmediate);
  };
  const controller = new AbortController();
  const leaving = session.get(Thing, uuid, { signal: controller.signal });
  const staying = session.get(Thing, uuid);
  await arrival(1);
  controller.abort();
  await assert.rejects(leaving, { code: 'PVM_ABORTED' });
  answer();
  assert.equal((await staying).value.name, 'one');
  closed = false;
  const alone = new AbortController();
  const last = session.get(Thing, uuid, { signal: alone.signal });
  await arrival(2);
  alone.abort();
  await assert.rejects(last, { code: 'PVM_ABORTED' });
  while (!closed) await new Promise(setImmediate);
});

test('a read that begins after a write does not join one that began before', async (t) => {
  const del = `DELETE /rest/api/uom/Thing/${uuid}`;
  let answer: () => void = () => {};
  const slow = () =>
    new Promise<ReturnType<typeof thingAnswer>>((resolve) => {
      answer = () => resolve(thingAnswer({ name: 'old' }));
    });
  const scripted = await ScriptedConsole.start(t, {
    [read]: [slow, thingAnswer({ name: 'new' })],
    [del]: { status: 204 },
  });
  const session = await openSession(t, scripted);
  const before = session.get(Thing, uuid);
  while (scripted.count(read) === 0) await new Promise(setImmediate);
  await session.delete({ type: Thing, id: uuid });
  const after = await session.get(Thing, uuid);
  answer();
  assert.deepEqual([(await before).value.name, after.value.name], ['old', 'new']);
});
