import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HypervisorSample } from '@openstack-powervm/rest';
import { ManualClock } from '../testing/clock.js';
import { exampleCall, Rig } from '../testing/rig.js';
import { cpuShare } from './cpu-stats.js';

type Used = Readonly<Record<string, number>>;

/** A sample of two processor units in which partitions have used so many cycles. */
function sample(timeBasedCycles: number, firmware: number, used: Used): HypervisorSample {
  const processor = { totalProcUnits: 2, configurableProcUnits: 2, availableProcUnits: 0 };
  return {
    ...{ timeStamp: String(timeBasedCycles), status: 0, errorInfo: [], timeBasedCycles },
    systemFirmware: { utilizedProcCycles: firmware, assignedMem: 0 },
    processor: { ...processor, procCyclesPerSecond: 1 },
    memory: { totalMem: 0, availableMem: 0, configurableMem: 0 },
    sharedProcessorPool: [],
    viosUtil: [],
    lparsUtil: Object.entries(used).map(([name, cycles], index) => ({
      ...{ id: index + 1, uuid: name, name, state: 'Running', affinityScore: 0, memory: {} },
      processor: {
        ...{ poolId: 0, mode: 'uncap', maxVirtualProcessors: 1, maxProcUnits: 1, weight: 1 },
        ...{ entitledProcCycles: 0, idleProcCycles: 10, donatedProcCycles: 5 },
        ...{ timeSpentWaitingForDispatch: 0, totalInstructions: 0, totalInstructionsExecutionTime: 0 },
        utilizedCappedProcCycles: cycles,
        utilizedUnCappedProcCycles: 10,
      },
    })),
  };
}

test('HOST-4 TEL-15 firmware, partitions and the rest share the cycles of all processor units', () => {
  const previous = sample(1000, 10, { a: 100, b: 200 });
  const current = sample(2000, 30, { a: 400, b: 500 });
  assert.deepEqual(cpuShare({ previous, current }), { kernel: 20, user: 600, idle: 1380 });
});

test('TEL-10 a partition that has just arrived, or had used nothing, counts nothing', () => {
  const previous = sample(1000, 0, { a: 100, idle: 0 });
  const current = sample(2000, 0, { a: 150, idle: 300, migrated: 1_000_000 });
  assert.equal(cpuShare({ previous, current }).user, 50);
});

test('TEL-10 a partition that has left takes nothing away', () => {
  const current = sample(2000, 0, { a: 150 });
  assert.equal(cpuShare({ previous: sample(1000, 0, { a: 100, gone: 5000 }), current }).user, 50);
});

test('TEL-10 more use than there was makes no negative idle time', () => {
  const current = sample(1010, 5, { a: 10_000 });
  assert.equal(cpuShare({ previous: sample(1000, 0, { a: 100 }), current }).idle, 0);
});

test('T04 TEL-1 HOST-4 statistics begin with the monitor switched on, and only grow', async () => {
  const clock = new ManualClock();
  await using rig = await Rig.open({ clock });
  const young = await rig.driver.getHostCpuStats({}, exampleCall());
  assert.deepEqual([young.user, young.kernel, young.idle], [0, 0, 0], 'nothing has been measured yet');
  rig.simulator.pass(60_000);
  const first = await rig.driver.getHostCpuStats({}, exampleCall());
  assert.ok(first.user > 0 && first.kernel > 0 && first.idle > 0);
  assert.ok(Number.isInteger(first.frequency));
  rig.requests.length = 0;
  assert.deepEqual(await rig.driver.getHostCpuStats({}, exampleCall()), first);
  assert.deepEqual(rig.sent('GET', 'POST'), [], 'within 30 s nothing is asked again');
  rig.simulator.pass(30_000);
  await clock.advance(30_000);
  const second = await rig.driver.getHostCpuStats({}, exampleCall());
  assert.ok(second.user > first.user && second.idle > first.idle);
  assert.equal(rig.sent('POST').length, 0, 'the monitor stays on');
});
