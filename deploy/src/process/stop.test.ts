import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { layOut, type Paths } from '../deployment/paths.js';
import { familyOf, familyVariable } from './family.js';
import { isRunning, statusOf } from './identity.js';
import { launch } from './launch.js';
import { type ProcessRecord, readRecords, writeRecord } from './record.js';
import { stopAll, stopServices } from './stop.js';

const onLinux = { skip: process.platform === 'linux' ? false : 'reads /proc' };

async function scratch(t: TestContext): Promise<Paths> {
  const folder = await mkdtemp(join(tmpdir(), 'stop-'));
  t.after(() => rm(folder, { recursive: true }));
  return layOut(folder, folder);
}

/** Starts a script of Node's, recorded as a service. */
async function service(paths: Paths, name: string, script: string, mark: string): Promise<ProcessRecord> {
  const { identity } = await launch({
    command: [process.execPath, '--eval', script],
    environment: { [familyVariable]: mark },
    workingDirectory: paths.state,
    logFile: join(paths.state, `${name}.log`),
  });
  const settings = {
    fingerprint: '',
    startedAt: 0,
    stopSignal: 'SIGTERM',
    graceMs: 5_000,
    order: 0,
  } as const;
  const record = { name, process: identity, ...settings };
  await writeRecord(paths, record);
  return record;
}

async function logged(paths: Paths, name: string): Promise<string> {
  for (;;) {
    const text = await readFile(join(paths.state, `${name}.log`), 'utf8');
    if (text.includes('\n')) return text.trim();
    await sleep(20);
  }
}

const forever = 'setInterval(() => {}, 1000)';

test('a service is told to end, and its worker with it', onLinux, async (t) => {
  const paths = await scratch(t);
  const script = `
    const worker = require('node:child_process').spawn(process.execPath, ['--eval', '${forever}'], { env: {} });
    console.log(worker.pid);
    ${forever}`;
  const record = await service(paths, 'parent', script, 'a');
  const worker = statusOf(Number(await logged(paths, 'parent')));
  assert.ok(worker);
  assert.deepEqual(await stopServices(paths, [record]), ['parent']);
  assert.equal(isRunning(record.process), false);
  assert.equal(isRunning(worker), false);
  assert.deepEqual(await readRecords(paths), []);
});

test('a process that got the pid of one of ours is left alone', onLinux, async (t) => {
  const paths = await scratch(t);
  const stranger = await service(paths, 'stranger', forever, 'another');
  const recycled = { ...stranger, process: { ...stranger.process, startTime: '1' } };
  assert.deepEqual(await stopAll(paths, 'ours', [recycled]), []);
  assert.equal(isRunning(stranger.process), true);
  await stopServices(paths, [stranger]);
});

test('what a killed start left without a record is found by its mark', onLinux, async (t) => {
  const paths = await scratch(t);
  const lost = await service(paths, 'lost', `console.log('up'); ${forever}`, 'mark-of-the-lost');
  await logged(paths, 'lost');
  assert.deepEqual(
    familyOf('mark-of-the-lost').map(({ pid }) => pid),
    [lost.process.pid],
  );
  await stopAll(paths, 'mark-of-the-lost', []);
  assert.equal(isRunning(lost.process), false);
});

test('a record that cannot be read counts as none', onLinux, async (t) => {
  const paths = await scratch(t);
  const record = await service(paths, 'readable', forever, 'a');
  await writeFile(join(paths.run, 'broken.json'), '{');
  await writeFile(join(paths.run, 'foreign.json'), '{"name":"foreign"}');
  assert.deepEqual(
    (await readRecords(paths)).map(({ name }) => name),
    ['readable'],
  );
  await stopServices(paths, [record]);
});
