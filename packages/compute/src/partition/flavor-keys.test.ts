import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DriverError } from '../errors/index.js';
import { flavorKeys, readFlavorKeys } from './flavor-keys.js';

/** Key, texts it accepts with what they mean, texts it rejects (F01, F03, F04, F05, F07, F10). */
const cases: [keyof typeof flavorKeys, [string, unknown][], string[]][] = [
  ['min_mem', [['128', 128]], ['127', '1.5', 'much', '-1']],
  ['max_mem', [['4096', 4096]], ['0', '1e3', '']],
  ['min_vcpu', [['1', 1]], ['0', '0.5']],
  ['max_vcpu', [['64', 64]], ['0', 'all']],
  [
    'proc_units',
    [
      ['0.05', 0.05],
      ['2', 2],
      ['.5', 0.5],
    ],
    ['0.04', '0', 'half', '1,5'],
  ],
  ['min_proc_units', [['0.1', 0.1]], ['0.01']],
  ['max_proc_units', [['8.00', 8]], ['0']],
  [
    'dedicated_proc',
    [
      ['True', true],
      ['n', false],
    ],
    ['dedicated', '1', ''],
  ],
  [
    'uncapped',
    [
      ['Y', true],
      ['FALSE', false],
    ],
    ['capped', '0'],
  ],
  [
    'shared_weight',
    [
      ['0', 0],
      ['255', 255],
    ],
    ['256', '-1'],
  ],
  [
    'dedicated_sharing_mode',
    [
      ['share_idle_procs', 'sre idle proces'],
      ['keep_idle_procs', 'keep idle procs'],
      ['share_idle_procs_active', 'sre idle procs active'],
      ['share_idle_procs_always', 'sre idle procs always'],
    ],
    ['Keep_Idle_Procs', 'share'],
  ],
  ['shared_proc_pool_name', [['Pool 1', 'Pool 1']], ['', 'fifteen letters']],
  ['processor_compatibility', [['power9', 'power9']], ['']],
  [
    'availability_priority',
    [
      ['0', 0],
      ['255', 255],
    ],
    ['256'],
  ],
  ['srr_capability', [['t', true]], ['on']],
  ['enable_lpar_metric', [['f', false]], ['off']],
  [
    'ppt_ratio',
    [
      ['1:64', 0],
      ['1:4096', 6],
    ],
    ['1:32', '64'],
  ],
  ['enforce_affinity_check', [['yes', true]], ['always']],
  [
    'secure_boot',
    [
      ['0', 0],
      ['9', 9],
    ],
    ['10'],
  ],
  [
    'ame_factor',
    [
      ['0', 0],
      ['1', 1],
      ['1.255', 1.25],
      ['10.00', 10],
    ],
    ['0.5', '10.01', '-1', 'off'],
  ],
  [
    'virtual_serial_number',
    [
      ['auto', 'auto'],
      ['none', 'none'],
      ['VS1000A', 'VS1000A'],
    ],
    ['vs1000a', 'VS1000', 'VS1000AB', 'Auto', ''],
  ],
  ['lpar_placement', [['1', 1]], ['-1', 'packed']],
  ['virtual_software_tier', [['P05', 'P05']], ['']],
  ['kvm_capable', [['yes', true]], ['1']],
  [
    'min_affinity_score',
    [
      ['0', 0],
      ['100', 100],
    ],
    ['101', 'high'],
  ],
  ['min_affinity_score_action', [['warn', 'warn']], ['']],
];

for (const [name, accepted, rejected] of cases) {
  const key = `powervm:${name}`;
  test(`FLV-2 FLV-3 ${key} accepts ${accepted.map(([text]) => text).join(', ')}`, () => {
    for (const [text, value] of accepted)
      assert.deepEqual(readFlavorKeys({ [key]: text }), { [name]: value });
  });
  test(`FLV-4 B-37 ${key} rejects a bad value and names key and value`, () => {
    for (const text of rejected)
      assert.throws(
        () => readFlavorKeys({ [key]: text }),
        (thrown) =>
          thrown instanceof DriverError &&
          thrown.code === 'PVM_FLAVOR_VALUE_INVALID' &&
          thrown.message.includes(key) &&
          thrown.message.includes(`"${text}"`),
        text,
      );
  });
}

test('every key has a case above', () => {
  assert.deepEqual(cases.map(([name]) => name).sort(), Object.keys(flavorKeys).sort());
});

test('FLV-2 keys of other name spaces are ignored', () => {
  assert.deepEqual(readFlavorKeys({ 'hw:cpu_policy': 'dedicated', quota: '1' }), {});
});

test('FLV-2 an unknown powervm: key is refused by name and does not make Nova reschedule', () => {
  assert.throws(
    () => readFlavorKeys({ 'powervm:warp_drive': 'on' }),
    (thrown) =>
      thrown instanceof DriverError &&
      thrown.code === 'PVM_FLAVOR_KEY_UNKNOWN' &&
      thrown.novaException === 'BuildAbortException' &&
      thrown.message.includes('powervm:warp_drive'),
  );
});

test('S08 a flavor that limits the rate of disks is refused, since nothing would limit it', () => {
  for (const key of ['quota:disk_read_bytes_sec', 'quota:disk_total_iops_sec'])
    assert.throws(
      () => readFlavorKeys({ [key]: '1000' }),
      (thrown) =>
        thrown instanceof DriverError &&
        thrown.novaException === 'BuildAbortException' &&
        thrown.message.includes(key),
    );
});

test('FLV-3 every boolean word is accepted in any case', () => {
  for (const word of ['true', 'T', 'Yes', 'y'])
    assert.deepEqual(readFlavorKeys({ 'powervm:uncapped': word }), { uncapped: true });
  for (const word of ['false', 'F', 'No', 'n'])
    assert.deepEqual(readFlavorKeys({ 'powervm:uncapped': word }), { uncapped: false });
});
