import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogicalPartition, Session } from '@openstack-powervm/rest';
import type { Instance } from '../contract/index.js';
import { ManualClock } from '../testing/clock.js';
import { exampleCall, Rig } from '../testing/rig.js';
import type { LifecycleEvent } from './listener.js';
import { settleMs } from './state-watch.js';

const MB = 1024 * 1024;

/** A driver with one deployed instance and a clock that stands still; what it tells Nova. */
async function watched() {
  const clock = new ManualClock();
  const rig = await Rig.open({ clock });
  const events: LifecycleEvent[] = [];
  rig.driver.subscribe((event) => events.push(event));
  const { instance } = await deploy(rig);
  return { rig, clock, events, instance };
}

async function deploy(rig: Rig) {
  const params = await rig.deployment({ image: rig.images.add(MB) });
  await rig.driver.spawn(params, exampleCall());
  return params;
}

/** As somebody at the console would. */
async function power(rig: Rig, instance: Instance, operation: 'PowerOn' | 'PowerOff'): Promise<void> {
  await using session = await Session.open({ endpoint: rig.simulator.url, credentials: { kind: 'local' } });
  const id = rig.partition(instance)?.uuid ?? '';
  const parameters = operation === 'PowerOff' ? { operation: 'shutdown', immediate: 'true' } : {};
  await session.runJob({ type: LogicalPartition, id, operation, parameters });
}

/** Lets the settling time pass until the events are as many as expected. */
async function settled(clock: ManualClock, events: readonly unknown[], count: number): Promise<void> {
  while (events.length < count) {
    if (clock.sleeping > 0) await clock.advance(settleMs);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('EV-5 EV-6 ID-3 a guest that is stopped at the console is reported to Nova under both UUIDs it may have', async () => {
  const { rig, clock, events, instance } = await watched();
  await using _ = rig;
  await power(rig, instance, 'PowerOn');
  await settled(clock, events, 1);
  assert.equal(events[0]?.transition, 'started');
  assert.ok(events[0]?.candidates.includes(instance.uuid));
  await power(rig, instance, 'PowerOff');
  await settled(clock, events, 2);
  assert.equal(events[1]?.transition, 'stopped');
});

test('HOST-6 design 3.4 what the console tells by events, getInfo knows without being asked to look', async () => {
  const { rig, instance } = await watched();
  await using _ = rig;
  const state = async () => (await rig.driver.getInfo({ uuid: instance.uuid }, exampleCall())).state;
  assert.equal(await state(), 4);
  await power(rig, instance, 'PowerOn');
  while ((await state()) !== 1) await new Promise((resolve) => setTimeout(resolve, 5));
});

test('EV-1 an event without a word about the state begins no wait for one', async () => {
  const { rig, clock, instance } = await watched();
  await using _ = rig;
  const { uuid = '' } = rig.partition(instance) ?? {};
  const look = () => rig.driver.getInfo({ uuid: instance.uuid }, exampleCall());
  await look();
  rig.requests.length = 0;
  rig.simulator.happen(uuid, { rmc: 'unknown' });
  // The event has come when the partition is read again.
  while (!rig.requests.some(({ path }) => path.includes(`/LogicalPartition/${uuid}`))) {
    await look();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.equal(clock.sleeping, 0);
});

test('EV-2 after missed events everything known is read again', async () => {
  const { rig, instance } = await watched();
  await using _ = rig;
  await rig.driver.getInfo({ uuid: instance.uuid }, exampleCall());
  rig.simulator.faults.add({ route: 'Event.list', count: 1, effect: { kind: 'event-gap' } });
  await power(rig, instance, 'PowerOn');
  while ((await rig.driver.getInfo({ uuid: instance.uuid }, exampleCall())).state !== 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
});

test('INIT-11 INIT-12 cleanupHost ends listening and every wait', async () => {
  const { rig, clock, events, instance } = await watched();
  await using _ = rig;
  await power(rig, instance, 'PowerOn');
  await rig.driver.cleanupHost();
  assert.equal(clock.sleeping, 0);
  assert.deepEqual(events, []);
});
