import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PowerVMError } from '../errors/error.js';
import { isPlainRemote, originsOf } from './endpoint.js';

test('ports are those of the REST service where the endpoint names none', () => {
  assert.deepEqual(originsOf('https://hmc.example', 'password'), [
    'https://hmc.example:12443',
    'https://hmc.example:443',
  ]);
  assert.deepEqual(originsOf('http://localhost', 'local'), ['http://localhost:12080']);
});

test('a port that was written is the only one tried, also the default port of the scheme', () => {
  assert.deepEqual(originsOf('https://hmc.example:443', 'password'), ['https://hmc.example:443']);
  assert.deepEqual(originsOf('http://localhost:80/', 'local'), ['http://localhost:80']);
});

test('without a scheme a password goes over https and a local logon over http', () => {
  assert.deepEqual(originsOf('hmc:1', 'password'), ['https://hmc:1']);
  assert.deepEqual(originsOf('localhost', 'local'), ['http://localhost:12080']);
});

test('IPv6 addresses are bracketed unless they are', () => {
  assert.deepEqual(originsOf('fe80::1', 'local'), ['http://[fe80::1]:12080']);
  assert.deepEqual(originsOf('https://[fe80::1]:9', 'password'), ['https://[fe80::1]:9']);
});

test('what is no endpoint is refused, without repeating a password that somebody wrote into it', () => {
  for (const wrong of [
    '',
    'ftp://x',
    'http://',
    'https://x:99999',
    'https://x/rest',
    'a b',
    'https://[::1',
    'x?y',
  ]) {
    assert.throws(() => originsOf(wrong, 'password'), { code: 'PVM_INVALID_ARGUMENT' }, wrong);
  }
  assert.throws(
    () => originsOf('https://user:secret@hmc', 'password'),
    (error) => PowerVMError.is(error) && !error.message.includes('secret'),
  );
});

test('a password in the clear over a network is noticed', () => {
  assert.equal(isPlainRemote('http://hmc:12080'), true);
  for (const local of ['http://localhost:1', 'http://127.0.0.1:1', 'http://[::1]:1', 'https://hmc:1'])
    assert.equal(isPlainRemote(local), false, local);
});
