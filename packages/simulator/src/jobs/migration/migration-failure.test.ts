import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogicalPartition } from '@openstack-powervm/rest';
import { FaultRuleError } from '../../faults/fault-rules.js';
import { twoHostSite } from '../../site/two-host-site.js';
import { refused } from '../../testing/client.js';
import {
  attachPair,
  bringUp,
  type Couple,
  failure,
  mapUnit,
  migrationJob,
  openCouple,
  plugIn,
  whereabouts,
} from '../../testing/migration-steps.js';
import { eventually } from '../../testing/steps.js';

async function openRunning(...[test, options]: Parameters<typeof openCouple>): Promise<Couple> {
  const couple = await openCouple(test, options);
  await mapUnit(couple.first, 'vios1', couple.guest, 'root');
  await attachPair(couple.first, 'vios2', couple.guest, 'fcs1');
  await plugIn(couple.first, couple.guest, 1);
  await bringUp(couple.first, couple.guest);
  return couple;
}

/** Everything about the systems but times and the ids of jobs. */
function inventory({ simulator }: Couple) {
  return simulator.inspect().systems.map((system) => ({
    memory: system.availableMemoryMb,
    units: system.availableUnits,
    partitions: system.partitions.map(({ name, state, adapters }) => ({
      name,
      state,
      adapters: adapters.length,
    })),
    vioses: system.vioses.map(({ name, mappings }) => ({ name, mappings: mappings.length })),
  }));
}

for (const phase of ['validate', 'prepare']) {
  test(`a migration that fails in phase ${phase} leaves everything as it was`, async (t) => {
    const couple = await openRunning(t);
    const before = inventory(couple);
    couple.simulator.faults.add({
      job: 'Migrate',
      effect: { kind: 'job-failure', phase, message: 'HSCLA000 no' },
    });
    assert.match(await failure(migrationJob(couple.first, couple.guest, 'Migrate')), /HSCLA000 no/);
    assert.deepEqual(inventory(couple), before);
    assert.match(
      await failure(migrationJob(couple.first, couple.guest, 'MigrateRecover')),
      /needs no recovery/,
    );
  });
}

for (const phase of ['transfer', 'switch']) {
  test(`LMG-6 a migration that fails in phase ${phase} is recovered on the source`, async (t) => {
    const couple = await openRunning(t);
    const { simulator, first, second, guest } = couple;
    const before = inventory(couple);
    simulator.faults.add({ job: 'Migrate', effect: { kind: 'job-failure', phase } });
    await failure(migrationJob(first, guest, 'Migrate'));
    const stuck = whereabouts(simulator);
    assert.deepEqual(
      [stuck['sim1']?.migration, stuck['sim2']?.migration],
      ['Migration_Failed', 'Migration_Failed'],
    );
    const off = { type: LogicalPartition, id: guest.id, operation: 'PowerOff' };
    assert.match(await failure(first.runJob(off)), /Migration_Failed/);
    assert.match(await failure(migrationJob(first, guest, 'Migrate')), /already being migrated/);
    simulator.happen(simulator.inspect().systems[1]?.vioses[0]?.uuid ?? '', { rmc: 'inactive' });
    assert.match(await failure(migrationJob(first, guest, 'MigrateRecover')), /cannot be reached/);
    await migrationJob(second, guest, 'MigrateRecover', { Force: 'true' });
    assert.deepEqual(inventory(couple), before);
    await first.runJob(off);
  });
}

test('a migration that fails behind the switch is recovered on the target', async (t) => {
  const { simulator, first, guest } = await openRunning(t);
  simulator.faults.add({ job: 'Migrate', effect: { kind: 'job-failure', phase: 'clean-up' } });
  await failure(migrationJob(first, guest, 'Migrate'));
  assert.deepEqual(Object.keys(whereabouts(simulator)), ['sim1', 'sim2']);
  await migrationJob(first, guest, 'MigrateRecover');
  const { sim1, sim2 } = whereabouts(simulator);
  assert.equal(sim1, undefined);
  assert.deepEqual([sim2?.state, sim2?.migration], ['running', 'Not_Migrating']);
});

test('LMG-5 a migration can be stopped while memory moves, from its source only', async (t) => {
  const site = twoHostSite({ timing: { migrateMs: 5000 } });
  const couple = await openRunning(t, { site });
  const { simulator, first, second, guest } = couple;
  const before = inventory(couple);
  assert.match(await failure(migrationJob(first, guest, 'MigrateAbort')), /is not being migrated/);
  const job = failure(migrationJob(first, guest, 'Migrate'));
  await eventually(() => (whereabouts(simulator)['sim2'] === undefined ? undefined : true));
  assert.match(await failure(migrationJob(second, guest, 'MigrateAbort')), /only be stopped from its source/);
  await migrationJob(first, guest, 'MigrateAbort');
  assert.match(await job, /was stopped/);
  assert.deepEqual(inventory(couple), before);
});

test('every obstacle is named at once', async (t) => {
  const { simulator, first, guest } = await openRunning(t);
  simulator.happen('guest', { rmc: 'inactive' });
  for (const { uuid } of simulator.inspect().systems[1]?.vioses ?? [])
    simulator.happen(uuid, { rmc: 'inactive' });
  const message = await failure(
    migrationJob(first, guest, 'MigrateValidate', {
      SharedProcPoolID: '7',
      VlanMappings: '02FFFFFFFFFF/7',
      Affinity: 'true',
    }),
  );
  for (const part of [
    /RMC connection of partition guest/,
    /sim2 has no mover/,
    /pool 7/,
    /HSCLA319/,
    /can serve the virtual SCSI/,
    /02FFFFFFFFFF/,
    /affinity/,
  ])
    assert.match(message, part);
});

test('systems that do not fit refuse the partition', async (t) => {
  const base = twoHostSite();
  const [sim1, sim2] = base.systems;
  assert.ok(sim1 !== undefined && sim2 !== undefined);
  const small = { ...sim2, memoryBlockMb: 128, compatibilityModes: ['default', 'POWER8'] };
  const { first, guest } = await openCouple(t, { site: twoHostSite({ systems: [sim1, small] }) });
  await mapUnit(first, 'vios1', guest, 'root');
  await bringUp(first, guest);
  const message = await failure(migrationJob(first, guest, 'MigrateValidate'));
  assert.match(message, /logical memory block of sim1 is 256 MB, that of sim2 128 MB/);
  assert.match(message, /compatibility mode POWER9/);
  const wrong = { TargetManagedSystemName: 'sim9' };
  assert.match(
    await failure(migrationJob(first, guest, 'MigrateValidate', wrong)),
    /does not manage a system sim9/,
  );
  const nowhere = { TargetRemoteHMCIPAddress: '' };
  assert.match(
    await failure(migrationJob(first, guest, 'MigrateValidate', nowhere)),
    /must name the console/,
  );
  assert.match(
    await failure(migrationJob(first, guest, 'MigrateValidate', { VirtualFCMappings: 'x' })),
    /is not/,
  );
  assert.match(
    await refused(
      first.runJob({ type: LogicalPartition, id: guest.id, operation: 'Migrate', parameters: { Bad: '1' } }),
      400,
    ),
    /no parameter Bad/,
  );
});

test('a fault rule for a phase that the job does not have is refused', async (t) => {
  const { simulator } = await openCouple(t);
  const add = (job: string) => () =>
    simulator.faults.add({ job, effect: { kind: 'job-failure', phase: 'lunch' } });
  assert.throws(
    add('Migrate'),
    (error) => error instanceof FaultRuleError && /only validate, prepare/.test(error.message),
  );
  assert.throws(
    add('PowerOn'),
    (error) => error instanceof FaultRuleError && /has no phases/.test(error.message),
  );
});
