import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import type { WorldSnapshot } from '@openstack-powervm/simulator';

const main = join(import.meta.dirname, '../main.js');

function simulate(...args: string[]): { status: number | null; stderr: string; stdout: string } {
  return spawnSync(process.execPath, [main, 'simulate', ...args], { encoding: 'utf8' });
}

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'powervm-simulate-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Starts the command, does something with its first console, stops it as an operator does; answers what it printed. */
async function whileServing(args: string[], use: (url: string) => Promise<void>): Promise<string[]> {
  const child = spawn(process.execPath, [main, 'simulate', '--port', '0', ...args]);
  const ended = once(child, 'exit');
  const lines: string[] = [];
  try {
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      if (line.endsWith('ready')) break;
    }
    await use(lines.find((line) => line.startsWith('system'))?.split(' at ')[1] ?? '');
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
  return lines;
}

async function worldOf(url: string): Promise<WorldSnapshot> {
  return JSON.parse(await (await fetch(`${url}/simulator/world`)).text());
}

test('a bad site file stops the start with every mistake and its place', (t) => {
  const folder = folderOf(t);
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
  assert.match(stderr, /three-hosts.*neither.*two-hosts, one-host, novalink-io, hmc/s);
});

test('--capabilities tells what is modelled and what is not, as text and as JSON', () => {
  const text = simulate('--capabilities').stdout;
  assert.match(text, /^ {2}LogicalPartition +list read create update delete search quick$/m);
  assert.match(text, /^ {2}ManagedSystem\/PersistentMemoryDevice +list read$/m);
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

test('--state goes on where the simulator was stopped, whatever site is asked for', async (t) => {
  const state = join(folderOf(t), 'state');
  const setRmc = async (url: string) => {
    await fetch(`${url}/simulator/partitions/vios1`, { method: 'PUT', body: '{"rmc":"inactive"}' });
  };
  await whileServing(['--site', 'one-host', '--partitions', '2', '--state', state], setRmc);
  const lines = await whileServing(['--state', state], async (url) => {
    const { systems } = await worldOf(url);
    assert.equal(systems.length, 1);
    const vios = systems[0]?.vioses.find(({ name }) => name === 'vios1');
    assert.equal(vios?.rmc, 'inactive');
  });
  assert.match(lines[0] ?? '', /goes on from/);
});

test('--record saves what --load serves', async (t) => {
  const file = join(folderOf(t), 'inventory.json');
  const worlds: unknown[] = [];
  const look = async (url: string) => {
    const { systems } = await worldOf(url);
    worlds.push(
      systems.map(({ name, uuid, partitions }) => [name, uuid, partitions.map((each) => each.uuid)]),
    );
  };
  await whileServing(['--partitions', '3', '--record', file], look);
  assert.ok(existsSync(file));
  await whileServing(['--load', file], look);
  assert.deepEqual(worlds[1], worlds[0]);
  const { status, stderr } = simulate('--load', file, '--partitions', '4');
  assert.equal(status, 2);
  assert.match(stderr, /--load.*cannot be used with.*--partitions/);
});
