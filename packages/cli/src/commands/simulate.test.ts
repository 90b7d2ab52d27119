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

test('--capabilities tells what is modelled and what is not, as text and as JSON', () => {
  const text = simulate('--capabilities').stdout;
  assert.match(text, /^ {2}LogicalPartition +list read create update delete search quick$/m);
  assert.match(text, /not implemented.*PersistentMemoryDevice/s);
  const data = JSON.parse(simulate('--capabilities', '--json').stdout);
  assert.ok(data.resources.length > 20 && data.jobs.length > 20);
});

test('--assumptions tells what each behaviour rests on, as text and as JSON', () => {
  const text = simulate('--assumptions').stdout;
  assert.match(text, /^Assumed.*power\.states.*why: .*With evidence.*session\.file.*evidence: /s);
  const data: { evidence?: string; assumed?: string }[] = JSON.parse(
    simulate('--assumptions', '--json').stdout,
  );
  assert.ok(data.every(({ evidence, assumed }) => evidence !== undefined || assumed !== undefined));
});
