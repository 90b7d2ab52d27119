import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { namedSites } from '../site/named-sites.js';
import { sizedSite } from '../site/sized-site.js';
import { twoHostSite } from '../site/two-host-site.js';
import { startSimulator } from '../simulator.js';
import { Api, idOf, objectsOf, objectText, refusal } from '../testing/api.js';
import { busySystem } from '../testing/busy-system.js';
import { openClient } from '../testing/client.js';
import { bringUp, mapUnit, migrationJob, openCouple, whereabouts } from '../testing/migration-steps.js';
import { mapDisk } from '../testing/mapping-steps.js';
import { aVios, createdDisk, createdPartition, eventually, finishedJob, uploaded } from '../testing/steps.js';
import { StateError } from './state-error.js';

async function folder(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'sim-state-'));
  t.after(() => rm(directory, { recursive: true }));
  return directory;
}

/** A session on what an earlier run has left, or on a new simulator. */
async function start(t: TestContext, stateDir: string, options = {}): Promise<Api> {
  const simulator = await startSimulator({ stateDir, ...options });
  t.after(() => simulator.close());
  const api = new Api(simulator);
  await api.logon();
  return api;
}

/** Documents and ETags, without the time at which they were sent. */
async function seen(api: Api, paths: readonly string[]): Promise<string[]> {
  const texts = paths.map(async (path) => {
    const { status, headers, text } = await api.get(path);
    assert.ok(status === 200 || status === 204, `${path}: ${text}`);
    return `${headers.etag}\n${text.replace(/<(updated|published|Uptime)[^<]*/g, '')}`;
  });
  return Promise.all(texts);
}

test('every document is after a restart what it was before', async (t) => {
  const stateDir = await folder(t);
  const first = await start(t, stateDir, { seed: 3 });
  const paths = await busySystem(first);
  const before = await seen(first, paths);
  await first.simulator.close();
  const second = await start(t, stateDir, { seed: 99, port: first.simulator.port });
  assert.equal(second.simulator.restored, true);
  assert.equal(second.simulator.seed, 3);
  for (const [index, document] of (await seen(second, paths)).entries()) {
    assert.equal(document, before[index], paths[index]);
  }
  await second.simulator.close();
});

for (const [name, make] of Object.entries(namedSites)) {
  test(`the world of the site ${name} survives`, async (t) => {
    const stateDir = await folder(t);
    const site = sizedSite(make(), { partitions: 5 });
    const first = await startSimulator({ stateDir, site });
    const before = JSON.parse(JSON.stringify(first.inspect().systems));
    await first.close();
    const second = await startSimulator({ stateDir });
    assert.deepEqual(JSON.parse(JSON.stringify(second.inspect().systems)), before);
    await second.close();
  });
}

test('sessions and jobs end as with a console; partitions go on booting', async (t) => {
  const stateDir = await folder(t);
  const first = await start(t, stateDir);
  const { path: vios, dataGroup } = await aVios(first);
  await createdDisk(first, dataGroup, 'boot');
  const { id, path } = await createdPartition(first, 'vm');
  await mapDisk(first, vios, id, 'boot');
  await finishedJob(first, 'LogicalPartition', id, 'PowerOn');
  await first.simulator.close();
  const simulator = await startSimulator({ stateDir });
  const second = new Api(simulator);
  second.token = first.token;
  refusal(await second.get(path), 401);
  await second.logon();
  await eventually(async () => {
    const { state, rmc } = simulator.inspect().systems[0]?.partitions.find(({ name }) => name === 'vm') ?? {};
    return state === 'running' && rmc === 'active' ? true : undefined;
  });
  assert.deepEqual(simulator.leftBehind()[0]?.jobs, []);
  await simulator.close();
});

test('the bytes of disks survive, and files that nothing refers to go', async (t) => {
  const stateDir = await folder(t);
  const first = await start(t, stateDir);
  const { id: vios, dataGroup } = await aVios(first);
  const udid = await createdDisk(first, dataGroup, 'data');
  const bytes = Buffer.alloc(300_000, 'powervm');
  const { status } = await uploaded(first, { name: 'data', type: 'BROKERED_DISK_IMAGE', vios, device: udid }, bytes);
  assert.ok(status < 300);
  await first.simulator.close();
  await writeFile(join(stateDir, 'bytes', 'stranger-99'), 'left by a process that was killed');
  const second = await startSimulator({ stateDir });
  const pieces: Uint8Array[] = [];
  for await (const piece of second.readDisk(udid, bytes.length)) pieces.push(piece);
  assert.deepEqual(Buffer.concat(pieces), bytes);
  assert.equal((await readdir(join(stateDir, 'bytes'))).length, 1);
  await second.close();
});

test('a directory serves one simulator at a time', async (t) => {
  const stateDir = await folder(t);
  const first = await startSimulator({ stateDir });
  await assert.rejects(startSimulator({ stateDir }), (error) => {
    assert.ok(error instanceof StateError && error.code === 'SIM_STATE_IN_USE');
    return true;
  });
  await first.close();
  await (await startSimulator({ stateDir })).close();
});

test('a state that cannot be read stops the start, says why, and stays as it is', async (t) => {
  const stateDir = await folder(t);
  await (await startSimulator({ stateDir })).close();
  const file = join(stateDir, 'state.json');
  const good = await readFile(file, 'utf8');
  const bad = good.replace(/"version":"[^"]*"/, '"version":"0.0.1"');
  const older = good.replaceAll('"remoteRestart":', '"restartable":');
  for (const [text, why] of [
    [older, /another version wrote it, in which a (LogicalPartition|VirtualIOServer) has other/],
    [bad, /version 0\.0\.1 wrote it/],
    [good.slice(0, 1000), /cannot be read/],
    ['{}', /not a state/],
  ] as const) {
    await writeFile(file, text);
    await assert.rejects(startSimulator({ stateDir }), why);
    assert.equal(await readFile(file, 'utf8'), text);
  }
  await writeFile(file, good);
  await (await startSimulator({ stateDir })).close();
});

test('a console keeps the keys that it has accepted', async (t) => {
  const stateDir = await folder(t);
  const first = await start(t, stateDir);
  const path = 'uom/ManagementConsole';
  const [console] = objectsOf(await first.get(path));
  assert.ok(console !== undefined);
  const keys = '<AuthorizedKey kb="CUD" kxe="false">ssh-rsa AAAA peer</AuthorizedKey></AuthorizedKeys>';
  const body = objectText(await first.get(`${path}/${idOf(console)}`)).replace('</AuthorizedKeys>', keys);
  assert.equal((await first.post(`${path}/${idOf(console)}`, body)).status, 200);
  const before = await seen(first, [path]);
  assert.match(before[0] ?? '', /ssh-rsa AAAA peer/);
  await first.simulator.close();
  const second = await start(t, stateDir, { port: first.simulator.port });
  assert.deepEqual(await seen(second, [path]), before);
  await second.simulator.close();
});

test('a migration that was under way must be recovered', async (t) => {
  const stateDir = await folder(t);
  const site = twoHostSite({ timing: { migrateMs: 60_000, powerOnMs: 10, rmcMs: 10 } });
  const { simulator, first, guest } = await openCouple(t, { stateDir, site });
  await mapUnit(first, 'vios1', guest, 'root');
  await bringUp(first, guest);
  const job = migrationJob(first, guest, 'Migrate');
  job.catch(() => {});
  await eventually(() => (whereabouts(simulator)['sim2'] === undefined ? undefined : true));
  await simulator.close();
  const { simulator: restarted, sessions } = await openClient(t, { stateDir });
  const [session] = sessions;
  assert.ok(session !== undefined);
  assert.equal(whereabouts(restarted)['sim1']?.migration, 'Migration_Failed');
  await migrationJob(session, guest, 'MigrateRecover');
  const { state, migration } = whereabouts(restarted)['sim1'] ?? {};
  assert.deepEqual([state, migration], ['running', 'Not_Migrating']);
  assert.equal(whereabouts(restarted)['sim2'], undefined);
  await restarted.close();
});

test('the file of a deleted disk goes when the state without it is saved', async (t) => {
  const stateDir = await folder(t);
  const first = await start(t, stateDir);
  const { id: vios, dataGroup } = await aVios(first);
  const udid = await createdDisk(first, dataGroup, 'data');
  await uploaded(first, { name: 'data', type: 'BROKERED_DISK_IMAGE', vios, device: udid }, Buffer.from('bytes'));
  assert.equal((await readdir(join(stateDir, 'bytes'))).length, 1);
  const body = objectText(await first.get(dataGroup)).replace(/<VirtualDisk .*<\/VirtualDisk>/s, '');
  assert.equal((await first.post(dataGroup, body)).status, 200);
  await first.simulator.close();
  assert.deepEqual(await readdir(join(stateDir, 'bytes')), []);
});
