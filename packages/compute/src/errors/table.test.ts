import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PowerVMError } from '@openstack-powervm/rest';
import { asDriverError, DriverError, type DriverErrorCode, errorTable } from './index.js';

const source = join(import.meta.dirname, '../../src');

/** The text of all files of the package that qualify. */
function sourceOf(qualifies: (name: string) => boolean): string {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && qualifies(name))
    .map((name) => readFileSync(join(source, name), 'utf8'))
    .join('\n');
}

test('every error code of the table is raised somewhere, and every row explains itself', () => {
  const code = sourceOf((name) => !name.endsWith('.test.ts') && name !== 'errors/table.ts');
  for (const [name, { nova, meaning }] of Object.entries(errorTable)) {
    assert.ok(code.includes(`'${name}'`), `${name} is raised nowhere`);
    assert.match(nova, /^[A-Z]\w+$/);
    assert.match(meaning, /\.$/, `${name} has no sentence`);
  }
});

test('every error code of the table is expected by a test', () => {
  const tests = sourceOf((name) => name.endsWith('.test.ts') && name !== 'errors/table.test.ts');
  for (const code of Object.keys(errorTable)) assert.ok(tests.includes(`'${code}'`), `${code} is not tested`);
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

/** What Nova is to see (requirements 22.1), where the requirement names an exception that every Nova has. */
const wanted: readonly (readonly [DriverErrorCode, string])[] = [
  // FLV-4: Nova must not try another host in vain, so the narrower names of the table give way.
  ['PVM_FLAVOR_KEY_UNKNOWN', 'BuildAbortException'],
  ['PVM_FLAVOR_VALUE_INVALID', 'BuildAbortException'],
  ['PVM_FLAVOR_UNSUPPORTED_BY_HOST', 'BuildAbortException'],
  ['PVM_PARTITION_NAME_INVALID', 'BuildAbortException'],
  // FLV-10, SPAWN-4: Nova tries another host.
  ['PVM_CAPACITY', 'ComputeResourcesUnavailable'],
  ['PVM_REST_FAILED', 'NovaException'],
  ['PVM_INSTANCE_NOT_FOUND', 'InstanceNotFound'],
  ['PVM_POWER_OFF_FAILED', 'InstancePowerOffFailure'],
  ['PVM_POWER_ON_FAILED', 'InstancePowerOnFailure'],
  ['PVM_REBOOT_FAILED', 'InstanceRebootFailure'],
  ['PVM_DESTROY_FAILED', 'InstanceTerminationFailure'],
  ['PVM_VIF_PLUG_FAILED', 'VirtualInterfacePlugException'],
  ['PVM_VIF_CREATE_REFUSED', 'VirtualInterfaceCreateException'],
  ['PVM_VIF_UNPLUG_FAILED', 'VirtualInterfaceUnplugException'],
  ['PVM_INTERFACE_DETACH_FAILED', 'InterfaceDetachFailed'],
  ['PVM_CAPTURE_UNSUPPORTED', 'NotSupportedWithOption'],
  ['PVM_RESIZE_REFUSED', 'ResizeError'],
  ['PVM_CONSOLE_UNAVAILABLE', 'ConsoleTypeUnavailable'],
];
for (const [code, nova] of wanted)
  test(`ERR-1 ${code} reaches Nova as ${nova}`, () =>
    assert.equal(new DriverError(code, 'why').novaException, nova));

test('L-22 what is wrong with a name, flavor or image ends the build instead of going from host to host', () => {
  // Each is one that Nova's compute manager turns into a build abort.
  const aborting = ['BuildAbortException', 'FlavorDiskSmallerThanImage', 'ImageUnacceptable'];
  for (const code of [
    'PVM_PARTITION_NAME_INVALID',
    'PVM_FLAVOR_KEY_UNKNOWN',
    'PVM_FLAVOR_VALUE_INVALID',
    'PVM_FLAVOR_UNSUPPORTED_BY_HOST',
    'PVM_IMAGE_TOO_LARGE',
    'PVM_IMAGE_FORMAT',
    'PVM_VOLUMES_UNSUPPORTED',
  ] as const)
    assert.ok(aborting.includes(new DriverError(code, 'why').novaException), code);
});
