import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { describeAllOptions } from '@openstack-powervm/bridge';
import { reasonUnused, unusedOptions } from '@openstack-powervm/compute';
import { readConfig } from '@openstack-powervm/oslo';
import { generatedGuides } from '../guides/guides.js';
import { configured } from '../guides/settings.js';

const root = resolve(import.meta.dirname, '../../..');

test('the generated guides and samples are what the declarations say: npm run docs:guides', () => {
  for (const [path, text] of generatedGuides())
    assert.equal(readFileSync(join(root, path), 'utf8'), text, path);
});

test('CFG-4 a sample names every option, and sets none', async () => {
  for (const { sample, settings } of configured) {
    const path = join(root, 'packaging/etc', sample);
    const text = readFileSync(path, 'utf8');
    for (const { name } of settings) assert.match(text, new RegExp(`^#${name} =`, 'm'), `${sample}: ${name}`);
    const config = await readConfig([path]);
    for (const { group } of settings) assert.deepEqual(config.names(group), [], sample);
  }
});

test('CFG-4 the sample of nova-compute knows the options of earlier drivers, fabrics A and B among them', () => {
  const text = generatedGuides().get('packaging/etc/nova-powervm.conf.sample') ?? '';
  for (const name of ['fabric_A_port_wwpns', 'fabric_B_port_wwpns', 'fc_attach_strategy']) {
    assert.match(text, new RegExp(`^# {3}${name}$`, 'm'));
    assert.notEqual(reasonUnused(name), undefined);
  }
  const used = new Set(describeAllOptions().map(({ name }) => name));
  assert.deepEqual(
    [...unusedOptions.keys()].filter((name) => used.has(name)),
    [],
  );
});
