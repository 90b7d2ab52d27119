import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { defaultSite, hmcSite, type Simulator, startSimulator } from '@openstack-powervm/simulator';
import { powervm } from '../testing/run.js';

type Records = readonly Record<string, unknown>[];

/** Runs a command that must succeed and returns what it printed as JSON. */
async function json(simulator: Simulator, ...args: string[]): Promise<unknown> {
  const run = await powervm([...args, '--endpoint', simulator.url, '--json']);
  assert.equal(run.status, 0, run.err);
  return JSON.parse(run.out);
}

async function list(simulator: Simulator, kind: string): Promise<Records> {
  const rows = await json(simulator, kind, 'list');
  assert.ok(Array.isArray(rows));
  return rows;
}

const values = (rows: Records, key: string): unknown[] => rows.map((row) => row[key]);

describe('list and show on a NovaLink', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator({ site: defaultSite({ partitions: { count: 30, mappings: 30 } }) });
  });
  after(() => simulator.close());

  test('hosts, Virtual I/O Servers, volume groups, switches and bridges are those of the system', async () => {
    assert.deepEqual(values(await list(simulator, 'host'), 'name'), ['sim1']);
    assert.deepEqual(values(await list(simulator, 'vios'), 'name'), ['vios1', 'vios2']);
    assert.deepEqual(values(await list(simulator, 'switch'), 'name'), ['ETHERNET0', 'MGMTSWITCH']);
    assert.deepEqual(values(await list(simulator, 'network'), 'adapters'), [['ent5@vios1', 'ent5@vios2']]);
    const groups = await list(simulator, 'volume-group');
    assert.deepEqual(values(groups, 'name'), ['datavg', 'rootvg', 'datavg', 'rootvg']);
    assert.deepEqual(values(groups, 'capacityGb'), [1024, 1024, 1024, 1024]);
  });

  test('a list has every partition once, in the order of their names, with the same keys in each row', async () => {
    const rows = await list(simulator, 'lpar');
    const [system] = simulator.inspect().systems;
    assert.equal(rows.length, system?.partitions.length);
    assert.ok(rows.length > 30);
    assert.deepEqual(values(rows, 'name').slice(8, 12), ['lpar9', 'lpar10', 'lpar11', 'lpar12']);
    for (const row of rows) assert.deepEqual(Object.keys(row), Object.keys(rows[0] ?? {}));
    assert.deepEqual(Object.keys(rows[0] ?? {}), [
      ...['system', 'name', 'id', 'state', 'rmc', 'memoryMb', 'processors', 'processorUnits'],
      ...['dedicated', 'uuid'],
    ]);
  });

  test('a disk knows its users, and a partition its disks', async () => {
    const [disk] = await list(simulator, 'disk');
    const [user] = Array.isArray(disk?.['usedBy']) ? disk['usedBy'] : [];
    const partition = await json(simulator, 'lpar', 'show', String(user));
    assert.ok(JSON.stringify(partition).includes(String(disk?.['udid'])));
    const shown = await json(simulator, 'disk', 'show', String(disk?.['udid']));
    assert.deepEqual(shown, disk);
  });

  test('an object is found by name, number and UUID in any case', async () => {
    const [first] = await list(simulator, 'vios');
    for (const key of ['vios1', String(first?.['id']), String(first?.['uuid']).toLowerCase()]) {
      const shown = await json(simulator, 'vios', 'show', key);
      assert.ok(typeof shown === 'object' && shown !== null && 'mappings' in shown);
    }
  });

  test('text is a table with a title line, and details with tables below', async () => {
    const table = await powervm(['vios', 'list', '--endpoint', simulator.url]);
    assert.match(table.out, /^NAME +ID +STATE +RMC .*\nvios1 +\d+ +running +active .*\nvios2 .*\n$/);
    const details = await powervm(['network', 'show', 'ent5', '--endpoint', simulator.url]);
    assert.match(details.out, /^portVlan +1$/m);
    assert.match(details.out, /^loadGroups:\n +group +portVlan +trunks +vlans\n +0 +1 /m);
  });

  test('errors say what is wrong with a code and what to try; the exit status tells the kind', async () => {
    const unknown = await powervm(['lpar', 'show', 'nobody', '--endpoint', simulator.url]);
    assert.match(
      unknown.err,
      /^powervm: there is no client partition "nobody" \[PVM_OBJECT_UNKNOWN\]\n {2}try: /,
    );
    assert.equal(unknown.status, 3);
    const ambiguous = await powervm(['volume-group', 'show', 'datavg', '--endpoint', simulator.url]);
    assert.match(ambiguous.err, /fits 2 of them \[PVM_OBJECT_AMBIGUOUS\]/);
    assert.equal(ambiguous.status, 3);
    const system = await powervm(['lpar', 'list', '--endpoint', simulator.url, '--system', 'moon']);
    assert.match(system.err, /manages no system "moon"/);
    assert.equal((await powervm(['lpar', 'list', '--colour'])).status, 2);
    const nobody = await powervm(['lpar', 'list', '--endpoint', 'http://127.0.0.1:1']);
    assert.match(nobody.err, /PVM_UNREACHABLE/);
    assert.equal(nobody.status, 4);
  });

  test('jobs that are left behind can be found and read', async () => {
    const session = await powervm(['job', 'list', '--all', '--endpoint', simulator.url, '--json']);
    assert.deepEqual(JSON.parse(session.out), []);
    const job = await powervm(['job', 'show', '4711', '--endpoint', simulator.url]);
    assert.match(job.err, /4711.*PVM_NOT_FOUND/);
    assert.equal(job.status, 3);
  });

  test('events are printed as they come, and every session is logged off at the end', async () => {
    const run = await powervm([
      ...['event', 'list', '--follow', '--count', '1', '--json', '--endpoint', simulator.url],
    ]);
    assert.equal(run.status, 0, run.err);
    const event: unknown = JSON.parse(run.out);
    assert.ok(typeof event === 'object' && event !== null && 'kind' in event);
    assert.equal(event.kind, 'resynchronise');
    const sessions = simulator.inspect().consoles.map((console) => console.sessions);
    assert.deepEqual(sessions.flat(), []);
  });
});

test('a thousand partitions with their disks are listed', async () => {
  const site = defaultSite({ memoryMb: 2 ** 20, partitions: { count: 1000, mappings: 1000 } });
  await using simulator = await startSimulator({ site });
  const partitions = await list(simulator, 'lpar');
  assert.equal(partitions.filter(({ name }) => String(name).startsWith('lpar')).length, 1000);
  const disks = await list(simulator, 'disk');
  assert.equal(new Set(values(disks, 'udid')).size, 1000);
  assert.ok(disks.every(({ usedBy }) => Array.isArray(usedBy) && usedBy.length === 1));
});

describe('list and show on an HMC', () => {
  let simulator: Simulator;
  let folder = '';
  const secret = 'pvmadmin-simulated';
  before(async () => {
    simulator = await startSimulator({ site: hmcSite() });
    folder = mkdtempSync(join(tmpdir(), 'powervm-cli-'));
    writeFileSync(join(folder, 'password'), `${secret}\n`, { mode: 0o600 });
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await simulator.close();
  });
  const as = () => ({
    POWERVM_ENDPOINT: simulator.url,
    POWERVM_USER: 'pvmadmin',
    POWERVM_PASSWORD_FILE: join(folder, 'password'),
  });

  test('all systems are listed with their names, --system takes some of them', async () => {
    const both = await powervm(['vios', 'list'], as());
    assert.equal(both.status, 0, both.err);
    assert.match(both.out, /^SYSTEM +NAME .*\nsim1 .*\nsim1 .*\nsim2 .*\nsim2 /);
    const one = await powervm(['vios', 'list', '--system', 'sim2', '--json'], as());
    assert.deepEqual(
      JSON.parse(one.out).map(({ system }: { system: string }) => system),
      ['sim2', 'sim2'],
    );
  });

  test('R08 a refused password is not repeated on the terminal', async () => {
    writeFileSync(join(folder, 'wrong'), 'hunter2\n');
    const run = await powervm(['host', 'list'], { ...as(), POWERVM_PASSWORD_FILE: join(folder, 'wrong') });
    assert.equal(run.status, 4);
    assert.match(run.err, /PVM_LOGON_REFUSED/);
    assert.doesNotMatch(run.err + run.out, /hunter2/);
    const unset = await powervm(['host', 'list'], { POWERVM_ENDPOINT: simulator.url, POWERVM_USER: 'me' });
    assert.match(unset.err, /PVM_PASSWORD_UNREADABLE.*\n {2}try: .*POWERVM_PASSWORD/);
  });
});
