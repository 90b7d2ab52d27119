import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { BRIDGE_ERRORS } from '@openstack-powervm/bridge';
import { OSLO_ERRORS } from '@openstack-powervm/oslo';
import { powervm } from '../testing/run.js';
import { errorSources, explanationsOf } from './explanation.js';

const packages = resolve(import.meta.dirname, '../../..');

/** The codes of the agents, which are a type, read from its declaration. */
function agentCodes(): string[] {
  const source = readFileSync(join(packages, 'agents/src/errors.ts'), 'utf8');
  return [...source.matchAll(/\| '(AGENT_\w+)'/g)].map(([, code = '']) => code);
}

test('every code of every table is explained, with what to try', () => {
  const codes = [...Object.keys(BRIDGE_ERRORS), ...Object.keys(OSLO_ERRORS), ...agentCodes()];
  assert.ok(codes.length > 25);
  assert.deepEqual(
    codes.filter((code) => explanationsOf(code).length === 0),
    [],
  );
  for (const { codes: own } of errorSources)
    for (const { code, meaning, advice } of own) {
      assert.match(meaning, /^[A-Za-z].*\.$/, code);
      assert.match(advice, /^[A-Za-z].*\.$/, `${code} says what to try: packages/cli/src/explain`);
    }
});

test('no product code raises a code that is not explained', () => {
  const known = new Set(errorSources.flatMap(({ codes }) => codes.map(({ code }) => code)));
  const sources = ['agents', 'bridge', 'cli', 'compute', 'oslo', 'rest', 'simulator'].flatMap((name) =>
    readdirSync(join(packages, name, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|testing\//.test(file))
      .map((file) => join(packages, name, 'src', file)),
  );
  const raised = sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/'((?:PVM|AGENT|OSLO|SIM)_[A-Z_]+)'/g)].map(
      ([, code = '']) => code,
    ),
  );
  assert.ok(raised.length > 100);
  assert.deepEqual([...new Set(raised)].filter((code) => !known.has(code)).sort(), []);
});

test('powervm explain tells meaning and remedy of a code in any case, and lists them all', async () => {
  const one = await powervm(['explain', 'pvm_no_active_vios']);
  assert.equal(one.status, 0, one.err);
  assert.match(one.out, /^PVM_NO_ACTIVE_VIOS \(Driver\)\n {2}No Virtual.*\n {2}try: .*powervm vios list/);
  const all = await powervm(['explain']);
  for (const { codes } of errorSources) for (const { code } of codes) assert.ok(all.out.includes(code), code);
  const none = await powervm(['explain', 'PVM_NONSENSE']);
  assert.equal(none.status, 3);
});
