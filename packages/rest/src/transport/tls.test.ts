import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Session } from '../session/session.js';
import { daysFromNow, selfSigned, type TestCertificate } from '../testing/certificate.js';
import { ScriptedConsole } from '../testing/scripted-console.js';
import type { TLSOptions } from './tls.js';

async function open(t: TestContext, certificate: TestCertificate, tls?: TLSOptions, host = '127.0.0.1') {
  const scripted = await ScriptedConsole.start(t, {}, certificate);
  const session = await Session.open({
    endpoint: `https://${host}:${scripted.port}`,
    credentials: { kind: 'password', username: 'u', password: 'p' },
    tls,
  });
  await session.close();
  return scripted;
}

test('by default a certificate that no known CA has signed is refused before a password is sent', async (t) => {
  const certificate = selfSigned();
  const scripted = await ScriptedConsole.start(t, {}, certificate);
  const opening = Session.open({
    endpoint: `https://127.0.0.1:${scripted.port}`,
    credentials: { kind: 'password', username: 'u', password: 'p' },
  });
  await assert.rejects(opening, { code: 'PVM_TLS_UNTRUSTED', grade: 'session', message: /tls\.ca/ });
  assert.equal(scripted.requests.length, 0);
});

test('a CA is given as text or as a file', async (t) => {
  const certificate = selfSigned();
  await open(t, certificate, { ca: certificate.cert });
  const directory = await mkdtemp(join(tmpdir(), 'ca-'));
  t.after(() => rm(directory, { recursive: true }));
  await writeFile(join(directory, 'ca.pem'), certificate.cert);
  await open(t, certificate, { ca: join(directory, 'ca.pem') });
  await assert.rejects(open(t, certificate, { ca: join(directory, 'missing.pem') }), {
    code: 'PVM_INVALID_ARGUMENT',
    message: /missing\.pem/,
  });
});

test("with a CA the host's name has to match", async (t) => {
  const certificate = selfSigned();
  await assert.rejects(open(t, certificate, { ca: certificate.cert }, 'localhost'), {
    code: 'PVM_TLS_UNTRUSTED',
  });
});

test('a pinned certificate is trusted whoever issued it and whatever its name', async (t) => {
  const certificate = selfSigned();
  await open(t, certificate, { pinned: certificate.cert }, 'localhost');
});

test('another certificate than the pinned one is refused, also one with the same name', async (t) => {
  await assert.rejects(open(t, selfSigned(), { pinned: selfSigned().cert }), {
    code: 'PVM_TLS_UNTRUSTED',
    message: /SHA-256 [0-9A-F:]{95}, which is not the pinned one/,
  });
});

test('a pinned certificate has to be in force', async (t) => {
  const expired = selfSigned(daysFromNow(-3), daysFromNow(-2));
  await assert.rejects(open(t, expired, { pinned: expired.cert }), {
    code: 'PVM_TLS_UNTRUSTED',
    message: /expired/,
  });
  const early = selfSigned(daysFromNow(2), daysFromNow(3));
  await assert.rejects(open(t, early, { pinned: early.cert }), {
    code: 'PVM_TLS_UNTRUSTED',
    message: /valid only from/,
  });
});

test('a pin that is no certificate is refused', async (t) => {
  const pinned = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
  await assert.rejects(open(t, selfSigned(), { pinned }), { code: 'PVM_INVALID_ARGUMENT' });
});
