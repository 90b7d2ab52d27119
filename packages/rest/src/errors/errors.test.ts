import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { readDocument } from '@openstack-powervm/atom';
import { WrongTypeError } from '../schema/index.js';
import { errorAnswer } from '../testing/scripted-console.js';
import { saysBusy } from './busy.js';
import { errorTable } from './codes.js';
import { readConsoleError } from './console-error.js';
import { PowerVMError } from './error.js';

const root = resolve(import.meta.dirname, '../../../..');
const codes = Object.keys(errorTable);

/** Rows of the table of errors in the documentation. */
function documentedRows(): { code: string; grade: string; meaning: string }[] {
  const text = readFileSync(join(root, 'docs/rest-client.md'), 'utf8');
  return [...text.matchAll(/^\| `(PVM_\w+)` \| (\w+) \| (.+) \|$/gm)].map(
    ([, code = '', grade = '', meaning = '']) => ({ code, grade, meaning }),
  );
}

/** Codes that product code throws or tells apart. */
function usedCodes(): Set<string> {
  const src = join(root, 'packages/rest/src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('errors/codes.ts'),
  );
  const text = files.map((name) => readFileSync(join(src, name), 'utf8')).join('\n');
  return new Set([...text.matchAll(/'(PVM_\w+)'/g)].map(([, code = '']) => code));
}

test('the documentation shows the table of errors, row by row', () => {
  const table = Object.entries(errorTable).map(([code, { grade, meaning }]) => ({ code, grade, meaning }));
  assert.deepEqual(documentedRows(), table);
});

test('every code of the table is used, and every code in use is in the table', () => {
  assert.deepEqual([...usedCodes()].sort(), codes);
});

test('the table is in alphabetical order and its hints are sentences', () => {
  assert.deepEqual(codes.toSorted(), codes);
  for (const { meaning, hint } of Object.values(errorTable))
    for (const text of [meaning, hint]) assert.match(text, /^[A-Z].*\.$/);
});

test("a message says what, why in the console's words, and what to try", () => {
  const error = new PowerVMError('PVM_NOT_FOUND', 'GET /x was answered with HTTP 404', {
    consoleMessage: ' HSCL1 gone\n',
  });
  assert.equal(
    error.message,
    'GET /x was answered with HTTP 404: HSCL1 gone. Check whether it was deleted, or moved to another system.',
  );
  assert.equal(error.name, 'PowerVMError');
});

test('anything that can be thrown becomes a PowerVMError, and one that is stays the same', () => {
  const own = new PowerVMError('PVM_TIMEOUT', 'x');
  assert.equal(PowerVMError.from(own), own);
  const withCode = (code: string) => Object.assign(new Error('x'), { code });
  const cases: [unknown, string][] = [
    ['text', 'PVM_UNEXPECTED'],
    [undefined, 'PVM_UNEXPECTED'],
    [new Error('x'), 'PVM_UNEXPECTED'],
    [withCode('ECONNREFUSED'), 'PVM_UNREACHABLE'],
    [new AggregateError([withCode('ECONNREFUSED')]), 'PVM_UNREACHABLE'],
    [new Error('fetch failed', { cause: withCode('ECONNRESET') }), 'PVM_CONNECTION_LOST'],
    [withCode('HPE_INVALID_CONSTANT'), 'PVM_BAD_RESPONSE'],
    [withCode('ERR_SSL_WRONG_VERSION_NUMBER'), 'PVM_UNREACHABLE'],
    [withCode('CERT_HAS_EXPIRED'), 'PVM_TLS_UNTRUSTED'],
    [new WrongTypeError('LogicalPartition/PartitionID', 'an integer', 'x'), 'PVM_WRONG_TYPE'],
    [thrownBy(() => readDocument('<')), 'PVM_BAD_RESPONSE'],
  ];
  for (const [thrown, code] of cases) {
    const error = PowerVMError.from(thrown, { method: 'GET', path: '/x' });
    assert.equal(error.code, code);
    assert.equal(error.path, '/x');
    assert.equal(error.cause, thrown);
  }
});

function thrownBy(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

test('RETRY-1 a busy VIOS or system is recognised by code or words', () => {
  const busy = [
    { status: 400, reasonCode: undefined, message: 'HSCL3205 try later' },
    { status: undefined, reasonCode: undefined, message: '[VIOS0014] locked' },
    { status: 500, reasonCode: undefined, message: 'VIOS 1*9 is busy processing some other request.' },
    { status: 500, reasonCode: undefined, message: 'The system is currently too busy' },
  ];
  for (const each of busy) assert.equal(saysBusy(each), true, each.message);
  const notBusy = [
    { status: 400, reasonCode: undefined, message: 'The system is currently too busy' },
    { status: 500, reasonCode: undefined, message: 'is busy processing some other request' },
    { status: 500, reasonCode: undefined, message: undefined },
  ];
  for (const each of notBusy) assert.equal(saysBusy(each), false, each.message);
});

test('an error document is read, and anything else is no error document', () => {
  const body = Buffer.from(String(errorAnswer(500, 'Grüße').body));
  assert.deepEqual(readConsoleError(body), {
    status: 500,
    reasonCode: 'Unknown internal error.',
    message: 'Grüße',
  });
  for (const other of [
    '',
    '<html>',
    '<a/>',
    '<entry xmlns="http://www.w3.org/2005/Atom"/>',
    '\u0000',
    '{"a":1}',
  ])
    assert.equal(readConsoleError(Buffer.from(other)), undefined, other);
});
