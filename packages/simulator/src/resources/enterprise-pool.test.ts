import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  LogicalPartition,
  ManagedSystem,
  PowerEnterprisePool,
  PowerEnterprisePoolMember,
  type Session,
} from '@openstack-powervm/rest';
import { defaultSystem } from '../site/default-site.js';
import { parseSite } from '../site/parse-site.js';
import { SiteError } from '../site/problem.js';
import type { SiteInput } from '../site/site.js';
import { createPartition, openClient, refused } from '../testing/client.js';

type Pool = NonNullable<SiteInput['enterprisePools']>[number];

const elsewhere = { machineType: '8246', model: 'L2D', serial: '100854A', processors: 16, memoryGb: 256 };

/** Two small systems; sim1 has 8 of its 12 processors for good and 1 of the pool's 6. */
function siteWith(changes: Partial<Pool> = {}) {
  const systems = ['sim1', 'sim2'].map((name) => {
    const { novalink: _, ...system } = defaultSystem(name);
    return { ...system, processorUnits: 12, memoryMb: 96 * 1024 };
  });
  const members: Pool['members'] = [
    { system: 'sim1', inactiveProcessors: 3, inactiveMemoryGb: 16, mobileProcessors: 1 },
    { system: 'sim2', inactiveProcessors: 4 },
    { system: 'distant', elsewhere, inactiveProcessors: 6 },
  ];
  const pool: Pool = { id: '0328', name: 'mobile', sequence: 40, processors: 6, memoryGb: 8, members };
  return { console: 'HMC' as const, systems, enterprisePools: [{ ...pool, ...changes }] };
}

async function open(t: TestContext, changes: Partial<Pool> = {}) {
  const { session } = await openClient(t, { site: parseSite(siteWith(changes)) });
  const pool = async () => {
    const [found] = await session.list(PowerEnterprisePool, { groups: ['Advanced'] });
    assert.ok(found !== undefined);
    return found;
  };
  const parent = { type: PowerEnterprisePool, id: (await pool()).id };
  const member = async (name: string) => {
    const members = await session.list(PowerEnterprisePoolMember, { parent });
    const found = members.find(({ value }) => value.managedSystemName === name);
    assert.ok(found !== undefined);
    return found;
  };
  const give = async (name: string, processors: number, memoryGb = 0) =>
    session.update(await member(name), (lens) => {
      lens.mobileCoDProcUnits = processors;
      lens.mobileCoDMemory = memoryGb;
    });
  return { session, pool, member, give };
}

async function systemNamed(session: Session, name: string) {
  const found = (await session.list(ManagedSystem)).find(({ value }) => value.systemName === name);
  assert.ok(found !== undefined);
  return found;
}

test('enterprise pool: what is given to a member leaves the pool and the inactive of the member', async (t) => {
  const { session, pool, member, give } = await open(t);
  const { value } = await pool();
  assert.deepEqual(
    [value.poolID, value.sequenceNumber, value.totalMobileCoDProcUnits, value.availableMobileCoDProcUnits],
    ['0328', 40, 6, 5],
  );
  assert.equal(value.complianceState, 'InCompliance');
  const before = await systemNamed(session, 'sim1');
  const processors = before.value.associatedSystemProcessorConfiguration;
  assert.deepEqual(
    [processors?.installedSystemProcessorUnits, processors?.configurableSystemProcessorUnits],
    [12, 9],
  );
  const given = await give('sim1', 3, 8);
  assert.deepEqual([given.value.inactiveProcUnits, given.value.inactiveMemory], [1, 8]);
  const after = (await pool()).value;
  assert.deepEqual([after.availableMobileCoDProcUnits, after.availableMobileCoDMemory], [3, 0]);
  const system = await systemNamed(session, 'sim1');
  assert.equal(system.value.associatedSystemProcessorConfiguration?.configurableSystemProcessorUnits, 11);
  const distant = await member('distant');
  assert.equal(distant.value.associatedManagedSystem, undefined);
  assert.equal(distant.value.managedSystemInstalledMemory, 256 * 1024);
});

test('enterprise pool: what it does not have, or a member cannot use, is refused', async (t) => {
  const { session, pool, give } = await open(t);
  assert.match(await refused(give('sim2', 6), 409), /5 Mobile CoD processors available/);
  assert.match(await refused(give('sim2', 5), 409), /at most 4/);
  assert.match(await refused(give('sim1', -1), 400), /cannot be/);
  assert.match(await refused(give('distant', 1), 409), /not connected/);
  const renamed = await session.update(await pool(), (lens) => {
    lens.poolName = 'wandering';
  });
  assert.equal(renamed.value.poolName, 'wandering');
});

/** A partition of five processors on sim1, which has eight for good and two VIOSes. */
async function busyMember(t: TestContext, changes: Partial<Pool> = {}) {
  const opened = await open(t, changes);
  await opened.give('sim1', 3);
  const { session } = opened;
  const system = await systemNamed(session, 'sim1');
  const created = await createPartition(session, 'guest', 0, { type: ManagedSystem, id: system.id });
  const guest = await session.update(created, (lens) => {
    const shared = lens.partitionProcessorConfiguration?.sharedProcessorConfiguration;
    assert.ok(shared !== undefined);
    shared.desiredProcessingUnits = 5;
    shared.maximumProcessingUnits = 5;
    shared.desiredVirtualProcessors = 5;
    shared.maximumVirtualProcessors = 5;
  });
  return { ...opened, guest };
}

test('enterprise pool: a running partition keeps what is taken away until it ends, and the pool can give it elsewhere', async (t) => {
  const { session, pool, member, give, guest } = await busyMember(t);
  await session.runJob({ type: LogicalPartition, id: guest.id, operation: 'PowerOn' });
  const taken = await give('sim1', 0);
  assert.equal(taken.value.unreturnedMobileCoDProcUnits, 1);
  const { value } = await pool();
  assert.deepEqual(
    [value.availableMobileCoDProcUnits, value.unreturnedMobileCoDProcUnits, value.complianceState],
    [6, 1, 'ApproachingOutOfComplianceServer'],
  );
  assert.equal(value.complianceRemainingHours, 48);
  await give('sim2', 4);
  const parameters = { operation: 'shutdown', immediate: 'true' };
  await session.runJob({ type: LogicalPartition, id: guest.id, operation: 'PowerOff', parameters });
  assert.equal((await member('sim1')).value.unreturnedMobileCoDProcUnits, 0);
  assert.equal((await pool()).value.complianceState, 'InCompliance');
  const start = session.runJob({ type: LogicalPartition, id: guest.id, operation: 'PowerOn' });
  await assert.rejects(start, /not enough processing units/);
});

test('enterprise pool: behind both grace periods it is out of compliance and gives out nothing', async (t) => {
  const over = await busyMember(t, { serverGraceHours: 0, poolGraceHours: 0 });
  await over.session.runJob({ type: LogicalPartition, id: over.guest.id, operation: 'PowerOn' });
  await over.give('sim1', 0);
  assert.equal((await over.pool()).value.complianceState, 'OutOfCompliance');
  assert.match(await refused(over.give('sim2', 1), 409), /out of compliance/);
  const within = await busyMember(t, { serverGraceHours: 0, poolGraceHours: 9 });
  await within.session.runJob({ type: LogicalPartition, id: within.guest.id, operation: 'PowerOn' });
  await within.give('sim1', 0);
  const { value } = await within.pool();
  assert.deepEqual(
    [value.complianceState, value.complianceRemainingHours],
    ['ApproachingOutOfCompliancePool', 9],
  );
});

test('enterprise pool: NovaLink has none, and its site may not ask for one', async (t) => {
  const { session } = await openClient(t);
  assert.deepEqual(await session.list(PowerEnterprisePool), []);
  const wrong = (site: SiteInput, expected: RegExp) =>
    assert.throws(
      () => parseSite(site),
      (error) => error instanceof SiteError && expected.test(error.message),
    );
  wrong({ ...siteWith(), console: 'NovaLink' }, /only an HMC/);
  wrong(siteWith({ members: [{ system: 'nobody' }] }), /no system nobody.*no member is a system/s);
  wrong(siteWith({ members: [{ system: 'sim1' }, { system: 'sim1' }] }), /sim1 is a member already/);
  wrong(siteWith({ processors: 0 }), /the members have more/);
  wrong(siteWith({ members: [{ system: 'sim1', inactiveProcessors: 11 }] }), /too little is left/);
  wrong(siteWith({ members: [{ system: 'sim1', elsewhere }] }), /is a system of this site/);
});
