import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PowerVMError } from '@openstack-powervm/rest';
import { asDriverError, DriverError, errorTable } from './index.js';

const source = join(import.meta.dirname, '../../src');

/** Everything but tests and the table itself. */
function productCode(): string {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'errors/table.ts')
    .map((name) => readFileSync(join(source, name), 'utf8'))
    .join('\n');
}

test('every error code of the table is raised somewhere, and every row explains itself', () => {
  const code = productCode();
  for (const [name, { nova, meaning }] of Object.entries(errorTable)) {
    assert.ok(code.includes(`'${name}'`), `${name} is raised nowhere`);
    assert.match(nova, /^[A-Z]\w+$/);
    assert.match(meaning, /\.$/, `${name} has no sentence`);
  }
});

test('ERR-1 ERR-2 L-121 a foreign error becomes the given code and keeps the words of the platform', () => {
  const error = asDriverError(
    new Error('HSCL1234 no'),
    'PVM_POWER_ON_FAILED',
    'Partition x could not be started',
  );
  assert.equal(error.novaException, 'InstancePowerOnFailure');
  assert.equal(error.message, 'Partition x could not be started: HSCL1234 no');
  assert.ok(error.cause instanceof Error);
  const thrown = asDriverError('just text', 'PVM_REST_FAILED', 'Something');
  assert.equal(thrown.message, 'Something: just text');
});

test('ERR-1 a driver error keeps its code on the way out', () => {
  const first = new DriverError('PVM_CAPACITY', 'no room');
  assert.equal(asDriverError(first, 'PVM_REST_FAILED', 'Spawn failed'), first);
  assert.ok(!(first instanceof PowerVMError));
});
