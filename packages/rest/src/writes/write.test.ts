import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create as newDocument } from '../schema/index.js';
import { Thing, thingAnswer, thingPath, uuid } from '../testing/documents.js';
import { openSession } from '../testing/open.js';
import { errorAnswer, ScriptedConsole } from '../testing/scripted-console.js';

const read = `GET ${thingPath}`;
const write = `POST ${thingPath}`;
const put = 'PUT /rest/api/uom/Thing';
const del = `DELETE /rest/api/uom/Thing/${uuid}`;

test('create puts the bare document without a declaration and returns what the console made of it', async (t) => {
  const scripted = await ScriptedConsole.start(t, {
    [put]: { ...thingAnswer({ name: 'made' }), status: 201 },
  });
  const session = await openSession(t, scripted);
  const made = await session.create(Thing, { name: 'made', enabled: true });
  assert.equal(made.value.name, 'made');
  assert.equal(made.etag, '-1');
  const sent = scripted.requests.at(-1);
  assert.equal(sent?.headers['content-type'], 'application/vnd.ibm.powervm.uom+xml; type=Thing');
  assert.equal(sent?.headers['accept'], 'application/atom+xml; charset=UTF-8');
  assert.match(sent?.body ?? '', /^<uom:Thing xmlns:uom="[^"]+" schemaVersion="V1_0">/);
  const document = newDocument(Thing, { name: 'made' }, { id: uuid });
  await session.create(Thing, document);
  assert.match(scripted.requests.at(-1)?.body ?? '', new RegExp(`<uom:AtomID>${uuid}</uom:AtomID>`));
});

test('a document that cannot be written is refused before anything is sent', async (t) => {
  const scripted = await ScriptedConsole.start(t);
  const session = await openSession(t, scripted);
  await assert.rejects(session.create(Thing, { name: 'a\u0000' }), { code: 'PVM_INVALID_ARGUMENT' });
  const unknownField: object = { nam: 'x' };
  await assert.rejects(session.create(Thing, unknownField), {
    code: 'PVM_INVALID_ARGUMENT',
    message: /"nam"/,
  });
  const wrongType: object = { enabled: 'yes' };
  await assert.rejects(session.create(Thing, wrongType), {
    code: 'PVM_WRONG_TYPE',
    message: /Thing\/Enabled/,
  });
  assert.deepEqual(scripted.seen, []);
});

test('a create whose connection breaks is not repeated: the object may exist', async (t) => {
  const scripted = await ScriptedConsole.start(t, { [put]: (_request, response) => void response.destroy() });
  const session = await openSession(t, scripted);
  await assert.rejects(session.create(Thing, { name: 'x' }), {
    code: 'PVM_CONNECTION_LOST',
    grade: 'reread',
  });
  assert.equal(scripted.count(put), 1);
});

test('TX-1 update posts the whole document with its ETag, unknown elements included', async (t) => {
  const scripted = await ScriptedConsole.start(t, {
    [read]: thingAnswer({ etag: '7' }),
    [write]: thingAnswer({ etag: '8', name: 'new' }),
  });
  const session = await openSession(t, scripted);
  const thing = await session.get(Thing, uuid);
  const updated = await session.update(thing, (value) => {
    value.name = 'new';
  });
  assert.equal(updated.etag, '8');
  assert.equal(thing.value.name, 'one', 'the entity that was read stays as it was');
  const sent = scripted.requests.at(-1);
  assert.equal(sent?.headers['if-match'], '7');
  assert.equal(sent?.headers['content-type'], 'application/vnd.ibm.powervm.uom+xml; type=Thing');
  assert.match(sent?.body ?? '', /<Unknown kb="ROR">kept<\/Unknown>/);
  assert.match(sent?.body ?? '', /<ThingName kb="CUR" kxe="false">new<\/ThingName>/);
});

test('TX-1 on 412 the object is read again and the edit repeated on the fresh document', async (t) => {
  const scripted = await ScriptedConsole.start(t, {
    [read]: [thingAnswer({ etag: '1', name: 'one' }), thingAnswer({ etag: '2', name: 'theirs' })],
    [write]: [errorAnswer(412, 'changed'), thingAnswer({ etag: '3' })],
  });
  const session = await openSession(t, scripted);
  const seen: (string | undefined)[] = [];
  await session.update(await session.get(Thing, uuid), (value) => {
    seen.push(value.name);
    value.enabled = false;
  });
  assert.deepEqual(seen, ['one', 'theirs']);
  assert.equal(scripted.requests.at(-1)?.headers['if-match'], '2');
});

test('TX-4 an edit that changes nothing costs no write, also on the fresh document', async (t) => {
  const scripted = await ScriptedConsole.start(t, {
    [read]: [thingAnswer({ name: 'one' }), thingAnswer({ etag: '2', name: 'wanted' })],
    [write]: [errorAnswer(412, 'changed')],
  });
  const session = await openSession(t, scripted);
  const thing = await session.get(Thing, uuid);
  assert.equal(await session.update(thing, () => false), thing);
  const rename = (value: typeof thing.value) => {
    if (value.name === 'wanted') return false;
    value.name = 'wanted';
    return true;
  };
  const found = await session.update(thing, rename);
  assert.equal(found.etag, '2');
  assert.equal(scripted.count(write), 1);
});

test('RETRY-3 a write gives up after the configured tries with the ETag error', async (t) => {
  const scripted = await ScriptedConsole.start(t, {
    [read]: thingAnswer(),
    [write]: errorAnswer(412, 'changed'),
  });
  const session = await openSession(t, scripted, { timing: { conflictTries: 4 } });
  const thing = await session.get(Thing, uuid);
  await assert.rejects(
    session.update(thing, () => true),
    { code: 'PVM_ETAG_MISMATCH', status: 412 },
  );
  assert.equal(scripted.count(write), 4);
});

test('an update whose connection breaks is repeated only after a fresh read', async (t) => {
  const scripted = await ScriptedConsole.start(t, {
    [read]: [thingAnswer({ name: 'one' }), thingAnswer({ etag: '2', name: 'new' })],
    [write]: (_request, response) => void response.destroy(),
  });
  const session = await openSession(t, scripted);
  const done = await session.update(await session.get(Thing, uuid), (value) => {
    if (value.name === 'new') return false; // the first write had been made
    value.name = 'new';
    return true;
  });
  assert.equal(done.etag, '2');
  assert.equal(scripted.count(write), 1);
});

test('an edit that throws reaches the caller as it is, and nothing is sent', async (t) => {
  const scripted = await ScriptedConsole.start(t, { [read]: thingAnswer() });
  const session = await openSession(t, scripted);
  const thing = await session.get(Thing, uuid);
  const mine = new Error('mine');
  const failing = session.update(thing, () => {
    throw mine;
  });
  await assert.rejects(failing, (error) => error === mine);
});

test('force and resetAutoAssign go into the query as the console expects', async (t) => {
  const object = `/rest/api/uom/Thing/${uuid}`;
  const scripted = await ScriptedConsole.start(t, {
    [read]: thingAnswer(),
    [`POST ${thingPath}&force=true`]: thingAnswer(),
    [`POST ${object}?resetAutoAssign=true`]: thingAnswer(),
    [`DELETE ${object}?resetAutoAssign=true`]: { status: 204 },
  });
  const session = await openSession(t, scripted);
  const thing = await session.get(Thing, uuid);
  await session.update(thing, () => true, { force: true });
  const released = await session.update(thing, () => true, { resetAutoAssign: true });
  await session.delete(released, { resetAutoAssign: true });
});

test('delete of an entity is bound to its version, delete of an address is not', async (t) => {
  const scripted = await ScriptedConsole.start(t, {
    [read]: thingAnswer({ etag: '4' }),
    [del]: [errorAnswer(412, 'changed'), { status: 204 }],
  });
  const session = await openSession(t, scripted);
  const thing = await session.get(Thing, uuid);
  await assert.rejects(session.delete(thing), { code: 'PVM_ETAG_MISMATCH' });
  assert.equal(scripted.requests.at(-1)?.headers['if-match'], '4');
  await session.delete({ type: Thing, id: uuid });
  assert.equal(scripted.requests.at(-1)?.headers['if-match'], undefined);
});

test('a delete whose answer was lost is repeated, and "not found" then means done', async (t) => {
  const scripted = await ScriptedConsole.start(t, {
    [del]: [(_request, response) => void response.destroy(), errorAnswer(404, 'gone')],
  });
  const session = await openSession(t, scripted);
  await session.delete({ type: Thing, id: uuid });
  assert.equal(scripted.count(del), 2);
});
