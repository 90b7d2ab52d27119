import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleOptions } from '../testing/nova.js';

test('CFG-6 options that older drivers gave up are unknown', () => {
  const known = Object.keys(exampleOptions());
  for (const option of ['host_mtms', 'volume_adapter', 'network_attach_strategy', 'volume_group_vios_name'])
    assert.ok(!known.includes(option), option);
});
