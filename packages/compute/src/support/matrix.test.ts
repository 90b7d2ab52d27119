import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Driver } from '../driver.js';
import { features } from './features.js';
import { supportMatrix } from './matrix.js';

test('B-32 the support matrix in the documentation is the one that the declaration gives', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/support-matrix.md'), 'utf8');
  assert.equal(page, supportMatrix(), 'run: node packages/compute/dist/support/generate.js');
});

const has = (method: string): boolean => method in Driver.prototype;

test('B-32 what is declared as supported is in the driver, what is declared as missing is not', () => {
  for (const { id, support, methods } of features) {
    const expected = support === 'complete' || support === 'partial';
    for (const method of methods) assert.equal(has(method), expected, `${id} ${method}`);
    if (expected) assert.ok(methods.length > 0, `${id} names no method`);
  }
});

test('B-32 every method of the driver stands behind some feature, and whoever says no gives the reason', () => {
  const declared = new Set(features.flatMap(({ methods }) => methods));
  const internal = [
    'constructor',
    'cleanupHost',
    'undoSpawn',
    'cleanup',
    'undoFinishMigration',
    'listInstanceUuids',
  ];
  const shared = ['instanceOnDisk', 'checkSharedStorageLocal', 'checkSharedStorageRemote'];
  for (const method of Object.getOwnPropertyNames(Driver.prototype))
    assert.ok(declared.has(method) || [...internal, ...shared].includes(method), method);
  for (const { id, support, note } of features) assert.ok(support !== 'refused' || note !== '', id);
});
