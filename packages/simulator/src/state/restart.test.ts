import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { defaultSystem } from '../site/default-site.js';
import { namedSites } from '../site/named-sites.js';
import { parseSite } from '../site/parse-site.js';
import { sizedSite } from '../site/sized-site.js';
import { twoHostSite } from '../site/two-host-site.js';
import { startSimulator } from '../simulator.js';
import { Api, idOf, objectsOf, objectText, refusal } from '../testing/api.js';
import { fileBody, partitionBody } from '../testing/bodies.js';
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
  const inventory = first.simulator.record();
  await first.simulator.close();
  const second = await start(t, stateDir, { seed: 99, port: first.simulator.port });
  assert.equal(second.simulator.restored, true);
  assert.equal(second.simulator.seed, 3);
  for (const [index, document] of (await seen(second, paths)).entries()) {
    assert.equal(document, before[index], paths[index]);
  }
  assert.ok(second.simulator.record() === inventory, 'nothing else is different either');
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

test('sessions, jobs, files and event queues end as with a console; partitions go on booting', async (t) => {
  const stateDir = await folder(t);
  const first = await start(t, stateDir, { site: parseSite({ systems: [defaultSystem('sim1')], limits: { sessions: 1 } }) });
  await first.get('uom/Event?QUEUE_APPLICATIONID=app');
  const { id: viosId, path: vios, dataGroup } = await aVios(first);
  await first.put('web/File', fileBody({ name: 'cfg', type: 'BROKERED_MEDIA_ISO', vios: viosId }));
  await createdDisk(first, dataGroup, 'boot');
  const { id, path } = await createdPartition(first, 'vm');
  await mapDisk(first, vios, id, 'boot');
  await finishedJob(first, 'LogicalPartition', id, 'PowerOn');
  const { sessions, files, eventQueues } = first.simulator.leftBehind()[0] ?? {};
  assert.deepEqual([sessions?.length, files?.length, eventQueues?.length], [1, 1, 1]);
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
  const left = simulator.leftBehind()[0];
  assert.deepEqual([left?.jobs, left?.files, left?.eventQueues], [[], [], []]);
  assert.deepEqual([left?.sessions.length, left?.limits.sessions], [1, 1], 'the old session takes no place');
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
  const changes = join(stateDir, JSON.parse(good).changes);
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
  await writeFile(changes, 'damaged\nand more\n');
  await assert.rejects(startSimulator({ stateDir }), /line 1 of its changes is damaged/);
  await rm(changes);
  await assert.rejects(startSimulator({ stateDir }), /cannot be read: ENOENT/);
  await writeFile(changes, '');
  await (await startSimulator({ stateDir })).close();
});

test('a change that was not written to its end has not happened; those before it have', async (t) => {
  const stateDir = await folder(t);
  const first = await start(t, stateDir);
  for (const name of ['first', 'second', 'third']) await createdPartition(first, name);
  await first.simulator.close();
  const changes = join(stateDir, JSON.parse(await readFile(join(stateDir, 'state.json'), 'utf8')).changes);
  const lines = (await readFile(changes, 'utf8')).split('\n');
  const last = lines.findIndex((line) => line.includes('"third"'));
  await writeFile(changes, [...lines.slice(0, last), lines[last]?.slice(0, 100)].join('\n'));
  const second = await startSimulator({ stateDir });
  const names = second.inspect().systems[0]?.partitions.map(({ name }) => name);
  assert.deepEqual(
    ['first', 'second', 'third'].map((name) => names?.includes(name)),
    [true, true, false],
  );
  await second.close();
});

test('however much changes, the files stay within a few times the state', async (t) => {
  const stateDir = await folder(t);
  const simulator = await startSimulator({ stateDir });
  const sizes: number[] = [];
  for (let round = 0; round < 40; round += 1) {
    const answers = Array.from({ length: 25 }, (_, index) =>
      fetch(`${simulator.url}/simulator/faults`, {
        method: 'PUT',
        body: JSON.stringify({
          id: `r${round}-${index}`,
          route: 'ManagedSystem.list',
          effect: { kind: 'error', status: 503, message: 'x'.repeat(1000) },
        }),
      }),
    );
    for (const answer of answers) assert.equal((await answer).status, 200);
    await fetch(`${simulator.url}/simulator/faults`, { method: 'DELETE' });
    const files = await readdir(stateDir);
    const stats = await Promise.all(files.map((file) => stat(join(stateDir, file)).catch(() => undefined)));
    sizes.push(stats.reduce((sum, found) => sum + (found?.isFile() ? found.size : 0), 0));
  }
  assert.ok(Math.max(...sizes) < 1_000_000, `${Math.max(...sizes)} bytes`);
  assert.equal((await readdir(stateDir)).filter((file) => file.startsWith('changes-')).length, 1);
  await simulator.close();
});

test('fault rules go on where they were: those added later, those removed, counts and chance', async (t) => {
  const site = parseSite({
    systems: [defaultSystem('sim1')],
    faults: [{ id: 'of-site', route: 'LogicalPartition.list', effect: { kind: 'error', status: 503 } }],
  });
  const fails = async (api: Api): Promise<boolean> => (await api.get('uom/VirtualIOServer')).status === 503;
  const half = { id: 'half', route: 'VirtualIOServer.list', probability: 0.5, effect: { kind: 'error', status: 503 } };
  const busy = { id: 'busy', route: 'LogicalPartition.create', skip: 1, count: 2, effect: { kind: 'vios-busy' } };
  const prepare = async (api: Api): Promise<void> => {
    await api.send('DELETE', '/simulator/faults/of-site');
    const added = await api.send('PUT', '/simulator/faults', { body: JSON.stringify([half, busy]) });
    assert.equal(added.status, 200, added.text);
    for (let count = 0; count < 5; count += 1) await fails(api);
    for (const name of ['a', 'b']) await api.put('uom/LogicalPartition', partitionBody(name));
  };
  const twin = await Api.start(t, { seed: 7, site });
  await prepare(twin);
  const stateDir = await folder(t);
  const first = await start(t, stateDir, { seed: 7, site });
  await prepare(first);
  await first.simulator.close();
  const second = await start(t, stateDir);
  assert.deepEqual(second.simulator.faults.list(), twin.simulator.faults.list());
  for (let count = 0; count < 10; count += 1) assert.equal(await fails(second), await fails(twin));
  const statuses: number[] = [];
  for (const name of ['c', 'd']) statuses.push((await second.put('uom/LogicalPartition', partitionBody(name))).status);
  assert.deepEqual(statuses, [500, 200], 'one of two was left');
  await second.simulator.close();
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
