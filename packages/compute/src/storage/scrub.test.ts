import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogicalPartition, Session } from '@openstack-powervm/rest';
import type { Instance } from '../contract/index.js';
import { partitionDocument } from '../partition/document.js';
import { planPartition } from '../partition/plan.js';
import { exampleInstance, exampleOptions } from '../testing/nova.js';
import { exampleCall, Rig } from '../testing/rig.js';
import { exampleSystem } from '../testing/system.js';

const MB = 1024 * 1024;

async function deployed(rig: Rig) {
  const params = await rig.deployment({ image: rig.images.add(MB) });
  await rig.driver.spawn(params, exampleCall());
  return params;
}

async function atConsole(rig: Rig, work: (session: Session) => Promise<unknown>): Promise<void> {
  await using session = await Session.open({ endpoint: rig.simulator.url, credentials: { kind: 'local' } });
  await work(session);
}

/** Somebody deletes the partition of an instance, so that its id is free and its mappings are nobody's. */
async function lose(rig: Rig, { uuid }: Pick<Instance, 'uuid'>): Promise<number> {
  const { id, uuid: partition } = rig.partition({ uuid }) ?? assert.fail();
  await atConsole(rig, (session) => session.delete({ type: LogicalPartition, id: partition }));
  return id;
}

const bootDisks = (rig: Rig) =>
  rig
    .disks('datavg')
    .map(({ name }) => name)
    .filter((name) => name.startsWith('b_'));

test('ID-7 SCRUB-4 L-30 a partition that gets the id of a lost one inherits nothing of it, and others keep theirs', async () => {
  await using rig = await Rig.open();
  const [lost, kept] = [await deployed(rig), await deployed(rig)];
  const before = rig.mappingsOf(kept.instance);
  const id = await lose(rig, lost.instance);
  const orphans = rig.system.vioses.flatMap(({ mappings }) =>
    mappings.filter(({ client }) => client === undefined),
  );
  assert.equal(orphans.length, 2);

  const heir = await deployed(rig);
  assert.equal(rig.partition(heir.instance)?.id, id);
  assert.equal(rig.mappingsOf(heir.instance).length, 2);
  assert.equal(bootDisks(rig).length, 2);
  assert.equal(rig.media().length, 2);
  assert.deepEqual(rig.mappingsOf(kept.instance), before);
  assert.equal(rig.inventory().mappings.length, 4);
});

test('SCRUB-1 a start removes a mapping without client adapter also when its id has been given to another partition', async () => {
  await using rig = await Rig.open();
  const lost = await deployed(rig);
  const id = await lose(rig, lost.instance);
  const plan = planPartition({
    instance: exampleInstance({ name: 'by-hand' }),
    image: null,
    host: exampleSystem(),
    options: exampleOptions(),
  });
  await atConsole(rig, (session) => session.create(LogicalPartition, partitionDocument(plan)));
  assert.equal(rig.system.partitions.find(({ name }) => name === 'by-hand')?.id, id);

  await using restarted = await rig.restart();
  assert.deepEqual(restarted.inventory().mappings, []);
  assert.deepEqual(bootDisks(restarted), []);
  assert.ok(restarted.system.partitions.some(({ name }) => name === 'by-hand'));
});
