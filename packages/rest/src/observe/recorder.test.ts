import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { feedAnswer, Thing, thingAnswer, thingEntry, thingPath, uuid } from '../testing/documents.js';
import { openSession, password } from '../testing/open.js';
import { errorAnswer, logonAnswer, ScriptedConsole } from '../testing/scripted-console.js';
import { recordToFile } from './file-recorder.js';
import type { RecordedExchange } from './recorder.js';
import { scrubBody, scrubbed } from './scrub.js';

test('a recording holds the traffic, and neither token nor password anywhere', async (t) => {
  const listed = 'GET /rest/api/uom/Thing?group=None';
  const echo = 'refused; RequestHeaders {X-API-Session=secret-token, Accept=x}';
  const scripted = await ScriptedConsole.start(t, {
    'PUT /rest/api/web/Logon': logonAnswer('secret-token', { 'Set-Cookie': 'JSESSIONID=secret-cookie' }),
    [`GET ${thingPath}`]: [thingAnswer(), errorAnswer(404, echo)],
    [listed]: feedAnswer([thingEntry({ name: 'streamed' })]),
  });
  const exchanges: RecordedExchange[] = [];
  const session = await openSession(t, scripted, { record: (each) => exchanges.push(each) });
  await session.get(Thing, uuid);
  await assert.rejects(session.get(Thing, uuid), { code: 'PVM_NOT_FOUND' });
  for await (const thing of session.stream(Thing)) assert.equal(thing.value.name, 'streamed');
  await session.close();
  assert.deepEqual(
    exchanges.map(({ method, status }) => [method, status]),
    [
      ['PUT', 200],
      ['GET', 200],
      ['GET', 404],
      ['GET', 200],
      ['DELETE', 204],
    ],
  );
  assert.match(exchanges[0]?.requestBody ?? '', /<UserID>user<\/UserID><Password>\*+<\/Password>/);
  assert.match(exchanges[1]?.responseBody ?? '', /<ThingName[^>]*>one</);
  assert.match(exchanges[3]?.responseBody ?? '', /streamed/);
  const text = JSON.stringify(exchanges);
  for (const secret of ['secret-token', 'secret-cookie', password, 'se&gt;cret&amp;1', 'se>cret&amp;1'])
    assert.ok(!text.includes(secret), secret);
});

test('a sink that throws does not disturb the session', async (t) => {
  const scripted = await ScriptedConsole.start(t, { [`GET ${thingPath}`]: thingAnswer() });
  const session = await openSession(t, scripted, {
    record: () => {
      throw new Error('disk full');
    },
  });
  assert.equal((await session.get(Thing, uuid)).value.name, 'one');
});

test('an attempt without an answer is recorded with its error', async (t) => {
  const scripted = await ScriptedConsole.start(t, {
    [`GET ${thingPath}`]: (_request, response) => void response.destroy(),
  });
  const exchanges: RecordedExchange[] = [];
  const session = await openSession(t, scripted, { record: (each) => exchanges.push(each) });
  await assert.rejects(session.get(Thing, uuid));
  assert.equal(exchanges.at(-1)?.error, 'PVM_CONNECTION_LOST');
});

test('secrets are scrubbed from elements, CDATA and job parameters, whatever they are', () => {
  const secret = fc.string({ minLength: 8 }).filter((text) => !/[<>&\]]/.test(text) && text.trim() === text);
  const wrap = fc.constantFrom(
    (value: string) => `<Password kb="CUR">${value}</Password>`,
    (value: string) => `<web:Password>\n<![CDATA[${value}]]></web:Password>`,
    (value: string) => `<X-API-Session kb="ROR" kxe="false">${value}</X-API-Session>`,
    (value: string) =>
      `<JobParameter><ParameterName kb="ROR">discoveryPassword</ParameterName>\n<ParameterValue kb="CUR">${value}</ParameterValue></JobParameter>`,
    (value: string) =>
      `<a:ParameterName>password</a:ParameterName><a:ParameterValue><![CDATA[${value}]]></a:ParameterValue>`,
  );
  fc.assert(
    fc.property(secret, wrap, (value, inElement) => {
      const body = `<A><B>before</B>${inElement(value)}<C>after</C></A>`;
      const clean = scrubBody(body);
      assert.ok(clean.includes(scrubbed));
      assert.ok(clean.includes('<B>before</B>') && clean.includes('<C>after</C>'));
      assert.ok(body.replace(inElement(value), '').includes(value) || !clean.includes(value));
    }),
  );
});

test('what is no secret stays as it is', () => {
  const body =
    '<A><ParameterName>operation</ParameterName><ParameterValue>shutdown</ParameterValue>' +
    '<X-API-SessionFile>/var/token</X-API-SessionFile><PasswordPolicy>strict</PasswordPolicy></A>';
  assert.equal(scrubBody(body), body);
});

test('a recording goes to a file that only its owner may read, one exchange per line', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'recording-'));
  t.after(() => rm(directory, { recursive: true }));
  const path = join(directory, 'session.jsonl');
  const scripted = await ScriptedConsole.start(t, { [`GET ${thingPath}`]: thingAnswer() });
  {
    await using recorder = recordToFile(path);
    const session = await openSession(t, scripted, { record: recorder.record });
    await session.get(Thing, uuid);
    await session.close();
  }
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  const methods = lines.map((line): unknown => JSON.parse(line).method);
  assert.deepEqual(methods, ['PUT', 'GET', 'DELETE']);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
});

test('a file that cannot be written is told when the recording is closed', async () => {
  const recorder = recordToFile('/nonexistent/session.jsonl');
  await assert.rejects(recorder.close(), { code: 'ENOENT' });
});
