import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { BRIDGE_ERRORS, methods } from '../contract/index.js';
import { generatedFiles } from './files.js';
import { describeAllOptions } from './options.js';

test('the generated files are those of the declarations', () => {
  for (const [path, content] of generatedFiles())
    assert.equal(
      readFileSync(path, 'utf8'),
      content,
      `${path} is stale: run node packages/bridge/dist/describe/generate.js`,
    );
});

test('every method is declared under its own name', () => {
  for (const [key, method] of Object.entries(methods)) assert.equal(method.name, key);
});

test('every error code starts with PVM_', () => {
  for (const code of Object.keys(BRIDGE_ERRORS)) assert.match(code, /^PVM_[A-Z_]+$/);
});

test('CFG-1 options carry type, default, range, choices and help', () => {
  const options = new Map(describeAllOptions().map((option) => [option.name, option]));
  assert.deepEqual(options.get('uncapped_proc_weight'), {
    name: 'uncapped_proc_weight',
    type: 'integer',
    default: 64,
    min: 1,
    max: 255,
    help: 'Weight of a partition with uncapped shared processors.',
  });
  assert.deepEqual(options.get('disk_driver')?.choices, ['localdisk', 'ssp']);
  assert.equal(options.get('rest_password')?.secret, true);
  assert.equal(options.get('vios_active_wait_timeout')?.default, null);
  assert.equal(options.get('vios_active_wait_timeout')?.type, 'integer');
  for (const option of options.values()) assert.ok(option.help.length > 10, option.name);
});
