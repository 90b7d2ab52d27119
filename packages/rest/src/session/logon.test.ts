import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { PowerVMError } from '../errors/error.js';
import { openSession, password } from '../testing/open.js';
import { errorAnswer, logonAnswer, ScriptedConsole } from '../testing/scripted-console.js';
import { Session } from './session.js';

const logon = 'PUT /rest/api/web/Logon';
const logoff = 'DELETE /rest/api/web/Logon';

test('a password logon sends what the protocol asks for, and closing logs off with the token', async (t) => {
  const scripted = await ScriptedConsole.start(t);
  const session = await openSession(t, scripted, { auditMemento: 'nova' });
  assert.equal(session.console, 'NovaLink');
  assert.equal(session.endpoint, scripted.url);
  const [sent] = scripted.requests;
  assert.equal(sent?.headers['accept'], 'application/vnd.ibm.powervm.web+xml; type=LogonResponse');
  assert.equal(sent?.headers['content-type'], 'application/vnd.ibm.powervm.web+xml; type=LogonRequest');
  assert.equal(sent?.headers['x-audit-memento'], 'nova');
  assert.equal(sent?.headers['x-api-session'], undefined);
  assert.match(sent?.body ?? '', /^<\?xml version="1.0"/);
  assert.match(
    sent?.body ?? '',
    /<LogonRequest xmlns="[^"]+web\/mc\/2012_10\/" schemaVersion="V1_0"><UserID>user<\/UserID><Password>se(>|&gt;)cret&amp;1<\/Password><\/LogonRequest>$/,
  );
  await session.close();
  await session.close();
  assert.equal(scripted.count(logoff), 1);
  assert.equal(scripted.requests.at(-1)?.headers['x-api-session'], 'token-1');
  assert.equal(scripted.requests.at(-1)?.headers['x-audit-memento'], 'nova');
});

test('without X-MC-Type the console is an HMC', async (t) => {
  const scripted = await ScriptedConsole.start(t, { [logon]: logonAnswer('t', { 'X-MC-Type': '' }) });
  const session = await openSession(t, scripted);
  assert.equal(session.console, 'HMC');
  assert.equal(session.traits.removeDeviceJob, false);
});

async function localSession(t: TestContext, path: string, type = 'PVM'): Promise<Session> {
  const body =
    '<LogonResponse xmlns="http://www.ibm.com/xmlns/systems/power/firmware/web/mc/2012_10/" schemaVersion="V1_1_0">' +
    `<Metadata><Atom/></Metadata><X-API-SessionFile kb="ROR" kxe="false">${path}</X-API-SessionFile></LogonResponse>`;
  const scripted = await ScriptedConsole.start(t, { [logon]: { body, headers: { 'X-MC-Type': type } } });
  const session = await openSession(t, scripted, { credentials: { kind: 'local' } });
  assert.match(
    scripted.requests[0]?.body ?? '',
    /<UserID>openstack-powervm_[^<]+<\/UserID><GenerateX-API-SessionFile>true</,
  );
  await session.close();
  assert.equal(scripted.requests.at(-1)?.headers['x-api-session'], 'file-token');
  return session;
}

async function tokenFile(t: TestContext, text: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'token-'));
  t.after(() => rm(directory, { recursive: true }));
  const path = join(directory, 'token');
  await writeFile(path, text);
  return path;
}

test('a local logon reads the token from the file that the console names', async (t) => {
  await localSession(t, await tokenFile(t, ' file-token\n'));
});

test('a token file that is missing, empty or forbidden is told apart', async (t) => {
  await assert.rejects(localSession(t, '/nonexistent/token'), { code: 'PVM_TOKEN_FILE_UNUSABLE' });
  await assert.rejects(localSession(t, await tokenFile(t, '\n')), { code: 'PVM_TOKEN_FILE_UNUSABLE' });
  const forbidden = await tokenFile(t, 'x');
  await chmod(forbidden, 0);
  const root = process.geteuid?.() === 0;
  if (root) process.seteuid?.('nobody'); // root may read every file
  try {
    await assert.rejects(localSession(t, forbidden), { code: 'PVM_TOKEN_FILE_DENIED' });
  } finally {
    if (root) process.seteuid?.(0);
  }
});

test('an HMC has no local logon', async (t) => {
  await assert.rejects(localSession(t, '/nonexistent', ''), { code: 'PVM_INVALID_ARGUMENT' });
});

test('a refused logon names the user and never the password, and is not repeated', async (t) => {
  const scripted = await ScriptedConsole.start(t, { [logon]: errorAnswer(401, 'HSCL0000 wrong password') });
  const error = await openSession(t, scripted, { connectAttempts: 5 }).catch((caught: unknown) => caught);
  assert.ok(PowerVMError.is(error, 'PVM_LOGON_REFUSED'));
  assert.equal(error.grade, 'session');
  assert.match(error.message, /user 'user'.*HSCL0000 wrong password/);
  assert.ok(!JSON.stringify([error, error.message, error.stack, error.cause]).includes(password));
  assert.equal(scripted.count(logon), 1);
});

test('a password that XML cannot carry is refused without repeating it', async (t) => {
  const scripted = await ScriptedConsole.start(t);
  const credentials = { kind: 'password', username: 'user', password: 'sesame\u0000' } as const;
  const error = await openSession(t, scripted, { credentials }).catch((caught: unknown) => caught);
  assert.ok(PowerVMError.is(error, 'PVM_INVALID_ARGUMENT'));
  assert.ok(!JSON.stringify([error.message, error.stack, String(error.cause)]).includes('sesame'));
});

test('RETRY-2 L-2 logon is repeated while the service starts: refused connections, 404 and 503', async (t) => {
  const scripted = await ScriptedConsole.start(t, {
    [logon]: [
      errorAnswer(404, 'starting'),
      { status: 503 },
      (_request, response) => void response.destroy(),
      logonAnswer('t'),
    ],
  });
  await openSession(t, scripted, { connectAttempts: 300 });
  assert.equal(scripted.count(logon), 4);
});

test('RETRY-2 L-3 the attempts come to an end with the last refusal', async (t) => {
  const scripted = await ScriptedConsole.start(t, { [logon]: { status: 404 } });
  await assert.rejects(openSession(t, scripted, { connectAttempts: 3 }), { code: 'PVM_NOT_FOUND' });
  assert.equal(scripted.count(logon), 3);
});

test('an answer that is no logon response is refused without quoting it', async (t) => {
  for (const body of ['<html/>', 'sesame', '<a>&sesame;</a>', '<sesame', '']) {
    const scripted = await ScriptedConsole.start(t, { [logon]: { body } });
    const error = await openSession(t, scripted).catch((caught: unknown) => caught);
    assert.ok(PowerVMError.is(error, 'PVM_BAD_RESPONSE'));
    assert.ok(!error.message.includes('sesame') && error.cause === undefined, error.message);
  }
});

test('where nobody listens the error names the address', async () => {
  const opening = Session.open({
    endpoint: 'http://127.0.0.1:9',
    credentials: { kind: 'password', username: 'u', password: 'p' },
  });
  await assert.rejects(opening, { code: 'PVM_UNREACHABLE', grade: 'session', message: /127\.0\.0\.1:9/ });
});

test('a session is closed by `await using`, also when the block throws', async (t) => {
  const scripted = await ScriptedConsole.start(t);
  const work = async () => {
    await using session = await openSession(t, scripted);
    throw new Error(session.console);
  };
  await assert.rejects(work, /NovaLink/);
  assert.equal(scripted.count(logoff), 1);
});

test('a failing logoff is no error', async (t) => {
  const scripted = await ScriptedConsole.start(t, { [logoff]: { status: 500 } });
  const session = await openSession(t, scripted);
  await session.close();
  assert.equal(scripted.count(logoff), 1);
});

test('calls under way and later ones end with PVM_SESSION_CLOSED', async (t) => {
  const path = '/rest/api/uom/LogicalPartition/x/quick/PartitionID';
  const scripted = await ScriptedConsole.start(t, { [`GET ${path}`]: () => undefined });
  const session = await openSession(t, scripted);
  const type = { name: 'LogicalPartition', service: 'uom' } as const;
  const hanging = session.quick(type, 'x', 'PartitionID');
  const ended = assert.rejects(hanging, { code: 'PVM_SESSION_CLOSED' });
  while (scripted.count(`GET ${path}`) === 0) await new Promise(setImmediate);
  await session.close();
  await ended;
  await assert.rejects(session.quick(type, 'x', 'PartitionID'), { code: 'PVM_SESSION_CLOSED' });
  assert.equal(scripted.count(logoff), 1);
});

test('an unusable audit memento is refused before anything is sent', async (t) => {
  const scripted = await ScriptedConsole.start(t);
  await assert.rejects(openSession(t, scripted, { auditMemento: 'a\r\nX-Evil: 1' }), {
    code: 'PVM_INVALID_ARGUMENT',
  });
  assert.equal(scripted.requests.length, 0);
});
