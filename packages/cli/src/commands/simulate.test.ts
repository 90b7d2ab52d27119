import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const main = join(import.meta.dirname, '../main.js');

function simulate(...args: string[]): { status: number | null; stderr: string; stdout: string } {
  return spawnSync(process.execPath, [main, 'simulate', ...args], { encoding: 'utf8' });
}

test('a bad site file stops the start with every mistake and its place', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'powervm-simulate-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'site.yaml');
  writeFileSync(file, 'console: Novalink\nsystems: []\nfaults:\n  - effect: { kind: error }\n');
  const { status, stderr } = simulate('--port', '0', '--site', file);
  assert.equal(status, 1);
  for (const line of [':1:10 console', ':2:10 systems', ':4:13 faults.0.effect.status']) {
    assert.ok(stderr.includes(`${file}${line}: `), `${line} in ${stderr}`);
  }
});

test('a site that is neither a name nor a file is told with the names there are', () => {
  const { status, stderr } = simulate('--site', 'three-hosts');
  assert.equal(status, 1);
  assert.match(stderr, /three-hosts.*neither.*two-hosts, one-host, hmc/s);
});
