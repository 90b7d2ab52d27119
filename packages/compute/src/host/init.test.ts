import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogicalPartition, Session } from '@openstack-powervm/rest';
import { defaultSite, hmcSite } from '@openstack-powervm/simulator';
import { noLog } from '../log.js';
import { ManualClock } from '../testing/clock.js';
import { driverError } from '../testing/expect.js';
import { exampleInstance } from '../testing/nova.js';
import { exampleCall, Rig } from '../testing/rig.js';
import { isComing, type ViosFacts, waitLimitSeconds } from './vios-facts.js';

const MB = 1024 * 1024;

test('INIT-2 INIT-3 INIT-6 a host that is ready says what its disk driver can', async () => {
  await using rig = await Rig.open({ start: false });
  assert.deepEqual(await rig.driver.initHost({}, exampleCall()), { hasImageCache: true });
});

test('a repeated initHost changes nothing, and cleanupHost closes the session', async () => {
  await using rig = await Rig.open();
  await rig.driver.initHost({}, exampleCall());
  assert.equal(rig.simulator.inspect().consoles[0]?.sessions.length, 1);
  await rig.driver.cleanupHost();
  assert.equal(rig.simulator.inspect().consoles[0]?.sessions.length, 0);
});

test('a driver that has not been started says so', async () => {
  await using rig = await Rig.open({ start: false });
  await assert.rejects(
    rig.driver.listInstances({}, exampleCall()),
    driverError('PVM_NOT_STARTED', 'initHost'),
  );
});

test('an unreachable REST server is named with its option', async () => {
  const openSession = () =>
    Session.open({ endpoint: 'http://127.0.0.1:1', credentials: { kind: 'local' }, connectAttempts: 1 });
  await using rig = await Rig.open({
    start: false,
    openSession,
    options: { rest_endpoint: 'http://127.0.0.1:1' },
  });
  await assert.rejects(
    rig.driver.initHost({}, exampleCall()),
    driverError('PVM_SERVER_UNREACHABLE', 'http://127.0.0.1:1', '[powervm] rest_endpoint'),
  );
});

test('INIT-13 wrong credentials are named with their options, without the password', async () => {
  await using rig = await Rig.open({
    start: false,
    options: { rest_username: 'pvmadmin', rest_password: 'not-the-right-one' },
  });
  await assert.rejects(rig.driver.initHost({}, exampleCall()), (thrown) => {
    driverError('PVM_CREDENTIALS_REFUSED', '"pvmadmin"', '[powervm] rest_username')(thrown);
    assert.ok(!String(thrown).includes('not-the-right-one'));
    return true;
  });
});

test('CFG-2 a missing volume group option is named, and the session is closed again', async () => {
  await using rig = await Rig.open({ start: false, options: { volume_group_name: '' } });
  await assert.rejects(
    rig.driver.initHost({}, exampleCall()),
    driverError('PVM_CONFIG_MISSING', 'disk_driver', 'volume_group_name'),
  );
  assert.equal(rig.simulator.inspect().consoles[0]?.sessions.length, 0);
});

test('INIT-3 a console of several systems is refused with their number', async () => {
  await using rig = await Rig.open({
    start: false,
    simulator: { site: hmcSite() },
    options: { rest_username: 'pvmadmin', rest_password: 'pvmadmin-simulated' },
  });
  await assert.rejects(
    rig.driver.initHost({}, exampleCall()),
    driverError('PVM_SYSTEM_AMBIGUOUS', '2 systems', 'rest_endpoint'),
  );
});

test('LVG-1 a volume group that no VIOS has is named, with those that exist', async () => {
  await using rig = await Rig.open({ start: false, options: { volume_group_name: 'nosuchvg' } });
  await assert.rejects(
    rig.driver.initHost({}, exampleCall()),
    driverError('PVM_VOLUME_GROUP_NOT_FOUND', '"nosuchvg"', 'datavg on vios1'),
  );
});

test('a start that failed can be tried again', async () => {
  await using rig = await Rig.open({ start: false });
  rig.simulator.faults.add({ route: 'ManagedSystem.list', count: 1, effect: { kind: 'error', status: 500 } });
  await assert.rejects(rig.driver.initHost({}, exampleCall()));
  await rig.driver.initHost({}, exampleCall());
});

test('INIT-4 L-4 no active VIOS ends the start after the limit, naming each with its state', async () => {
  const clock = new ManualClock();
  const site = siteWithVioses({ state: 'not activated' }, { state: 'not activated' });
  await using rig = await Rig.open({ start: false, simulator: { site }, clock });
  const start = rig.driver.initHost({}, exampleCall());
  const outcome = assert.rejects(start, driverError('PVM_NO_ACTIVE_VIOS', 'vios1 is not activated', 'vios2'));
  await passTime(clock, start);
  await outcome;
});

test('INIT-4 L-1 a VIOS without RMC is waited for, then warned of by name', async () => {
  const clock = new ManualClock();
  const warnings: string[] = [];
  const log = { ...noLog, warn: (text: string) => warnings.push(text), with: () => log };
  const site = siteWithVioses({ rmc: 'active' }, { rmc: 'inactive' });
  await using rig = await Rig.open({ start: false, simulator: { site }, clock, log });
  const start = rig.driver.initHost({}, exampleCall());
  await passTime(clock, start);
  await start;
  assert.ok(clock.now() >= 120_000);
  assert.ok(
    warnings.some((text) => text.includes('vios2')),
    warnings.join(),
  );
});

const vios = (parts: Partial<ViosFacts>): ViosFacts => ({
  id: 'v',
  name: 'vios',
  partitionId: 2,
  state: 'running',
  rmcState: 'inactive',
  isManagement: false,
  uptime: 10_000,
  vnicCapable: false,
  vnicFailoverCapable: false,
  ...parts,
});

test('INIT-4 the limit is 600 s while a VIOS without RMC has booted within the hour, else 120 s', () => {
  assert.equal(waitLimitSeconds([vios({ uptime: 3600 })]), 600);
  assert.equal(waitLimitSeconds([vios({ uptime: 3601 })]), 120);
  assert.equal(waitLimitSeconds([vios({ rmcState: 'active', uptime: 5 })]), 120);
});

test('INIT-4 what is down, busy or the management partition is not waited for', () => {
  assert.ok(isComing(vios({})));
  for (const state of [
    'not activated',
    'error',
    'suspended',
    'suspending',
    'shutting down',
    'not available',
    'unknown',
  ])
    assert.ok(!isComing(vios({ state })), state);
  assert.ok(!isComing(vios({ isManagement: true })));
  assert.ok(!isComing(vios({ rmcState: 'busy' })));
});

test('INIT-5 SCRUB-2 SCRUB-3 L-5 a start removes mappings and storage of partitions that do not exist, and nothing else', async () => {
  await using rig = await Rig.open();
  const kept = await rig.deployment({ image: rig.images.add(MB) });
  await rig.driver.spawn(kept, exampleCall());
  const before = rig.inventory();
  const lost = await rig.deployment({ image: rig.images.add(MB), instance: exampleInstance() });
  await rig.driver.spawn(lost, exampleCall());
  const lostImage = rig.disks('datavg').filter(({ name }) => name.startsWith('i_'));
  await deleteBehindTheDriver(rig, lost.instance.uuid);

  await using restarted = await rig.restart();
  assert.deepEqual(restarted.inventory().mappings, before.mappings);
  assert.equal(restarted.media().length, 1);
  assert.equal(restarted.disks('datavg').filter(({ name }) => name.startsWith('b_')).length, 1);
  assert.equal(
    restarted.disks('datavg').filter(({ name }) => name.startsWith('i_')).length,
    lostImage.length,
  );
});

/** As an operator would at the console. */
async function deleteBehindTheDriver(rig: Rig, instanceUuid: string): Promise<void> {
  await using session = await Session.open({ endpoint: rig.simulator.url, credentials: { kind: 'local' } });
  const uuid = rig.partition({ uuid: instanceUuid })?.uuid ?? '';
  await session.delete({ type: LogicalPartition, id: uuid });
}

function siteWithVioses(...changes: object[]) {
  const site = defaultSite();
  const [system] = site.systems;
  if (!system) throw new Error('the default site has a system');
  return {
    ...site,
    systems: [{ ...system, vioses: system.vioses.map((each, index) => ({ ...each, ...changes[index] })) }],
  };
}

/** Moves the clock in steps of the poll until the work has ended. */
async function passTime(clock: ManualClock, work: Promise<unknown>): Promise<void> {
  let running = true;
  const done = (): void => {
    running = false;
  };
  work.then(done, done);
  while (running) {
    if (clock.sleeping > 0) await clock.advance(5_000);
    else await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
