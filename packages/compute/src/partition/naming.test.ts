import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DriverError } from '../errors/index.js';
import {
  fileName,
  instanceUuidCandidates,
  managedNamePattern,
  partitionNameOf,
  partitionUuidOf,
  phaseNameOf,
} from './naming.js';

const high = 'c9f0e2a4-1111-4222-8333-944455556666';

test('ID-1 the partition UUID clears the top bit and is upper case', () => {
  assert.equal(partitionUuidOf(high), '49F0E2A4-1111-4222-8333-944455556666');
  assert.equal(partitionUuidOf(`7${high.slice(1)}`), '79F0E2A4-1111-4222-8333-944455556666');
});

test('ID-1 ID-3 EV-11 every instance is among the candidates of its partition', () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      const partition = partitionUuidOf(uuid);
      assert.ok(instanceUuidCandidates(partition).includes(uuid));
      assert.match(partition, /^[0-7]/);
    }),
  );
});

test('ID-3 the candidate with the top bit clear comes first', () => {
  assert.deepEqual(instanceUuidCandidates('49F0E2A4-1111-4222-8333-944455556666'), [
    '49f0e2a4-1111-4222-8333-944455556666',
    high,
  ]);
});

test('ID-4 L-23 a partition name keeps what PowerVM allows and replaces the rest', () => {
  const allowed = ' !#%+,-./09:;=@AZ^_az{}';
  assert.equal(partitionNameOf(allowed), allowed);
  assert.equal(partitionNameOf('a"b$c&d\'e(f)g*h<i>j?k[l\\m]n`o|p~qé'), 'a_b_c_d_e_f_g_h_i_j_k_l_m_n_o_p');
  assert.equal(partitionNameOf('x'.repeat(40)).length, 31);
});

test('ID-4 an empty instance name is an error that names the option', () => {
  assert.throws(
    () => partitionNameOf(''),
    (thrown) =>
      thrown instanceof DriverError &&
      thrown.code === 'PVM_PARTITION_NAME_INVALID' &&
      /instance_name_template/.test(thrown.message),
  );
});

test('MIG-4 a short name is marked as it is', () => {
  assert.equal(phaseNameOf('resize', { name: 'instance-0000001a', uuid: high }), 'resize_instance-0000001a');
});

test('B-25 the cut of a marked name does not make two partitions equal', () => {
  const name = 'a-name-of-exactly-31-characters';
  assert.equal(name.length, 31);
  const one = phaseNameOf('migrate', { name, uuid: high });
  const other = phaseNameOf('migrate', { name, uuid: `0${high.slice(1)}` });
  assert.equal(one.length, 31);
  assert.notEqual(one, other);
});

test('ID-5 prefix and suffix survive, the middle is cut', () => {
  assert.equal(fileName('a b/c', { prefix: 'boot_', limit: 79 }), 'boot_a_b_c');
  assert.equal(fileName('0123456789', { prefix: 'i_', suffix: '.iso', limit: 10 }), 'i_0123.iso');
});

test('ID-5 no room for the middle is an error', () => {
  assert.throws(() => fileName('x', { prefix: 'boot_', suffix: '.iso', limit: 9 }), RangeError);
});

test('HOST-16 names made from the template are recognised, hand-made ones are not', () => {
  const pattern = managedNamePattern('instance-%08x');
  assert.match('instance-0000001a', pattern);
  assert.match('resize_instance-0000001a', pattern);
  assert.doesNotMatch('payroll', pattern);
  assert.doesNotMatch('my-instance-0000001a', pattern);
  assert.match('vm_17', managedNamePattern('vm"%d'));
  assert.match('os-c9f0e2a4-1111-4222-8333-9444', managedNamePattern('os-%(uuid)s'));
});
