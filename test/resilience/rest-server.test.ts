import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DriverError, type Vif } from '@openstack-powervm/compute';
import type { WorldSnapshot } from '@openstack-powervm/simulator';
import { deploymentOf, driverOn, newCall, newInstance } from './deployment.js';
import { RestServer } from './rest-server.js';

type Partition = WorldSnapshot['systems'][number]['partitions'][number];

/** How long the server is away. */
const outageMs = 1000;
/** How long it takes to tell that the partition has been switched on. */
const jobDelayMs = 3000;
const vlan = 77;

const port: Vif = {
  ...{ id: randomUUID(), type: 'pvm_sea', vnicType: 'normal', devname: null, ovsInterfaceId: null },
  ...{ address: 'fa:16:3e:00:00:77', active: true, details: { vlan: String(vlan) }, profile: {} },
  network: { id: randomUUID(), label: 'net', bridge: null, meta: {} },
};

const onVlan = (partition: Partition) => partition.adapters.some(({ portVlan }) => portVlan === vlan);

/** How far a deployment has come when the server is killed. */
const moments: readonly (readonly [
  string,
  (partition: Partition | undefined, world: WorldSnapshot) => boolean,
])[] = [
  ['when the partition has just been made', (partition) => partition !== undefined],
  ['when it has its network adapter', (partition) => partition !== undefined && onVlan(partition)],
  ['when it has its disk', (partition, world) => partition !== undefined && isMapped(partition, world)],
  ['when it has been switched on', (partition) => partition?.state === 'running'],
];

function isMapped({ name }: Partition, { systems }: WorldSnapshot): boolean {
  return systems.some(({ vioses }) =>
    vioses.some(({ mappings }) =>
      mappings.some(({ client, storage }) => client === name && storage !== null),
    ),
  );
}

/** What a deployment makes; a copy of the image stays for the next one on purpose. */
function traces({ systems, clusters }: WorldSnapshot) {
  return systems.map(({ partitions, vioses }) => ({
    partitions: partitions.map(({ name }) => name).sort(),
    mappings: vioses.map(({ name, mappings }) => `${name}: ${mappings.length}`).sort(),
    disks: vioses
      .flatMap(({ volumeGroups }) => volumeGroups.flatMap(({ disks, media }) => [...disks, ...media]))
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('i_'))
      .sort(),
    units: clusters.flatMap(({ units }) => units.map(({ name }) => name)).sort(),
  }));
}

for (const [moment, reached] of moments)
  test(`the REST server is killed and started again ${moment}: the deployment ends well or cleanly`, async (t) => {
    await using server = await RestServer.start();
    const driver = driverOn(server.url);
    await using _host = { [Symbol.asyncDispose]: async () => void (await driver.cleanupHost()) };
    await driver.initHost({}, newCall());
    const before = await server.world();
    const known = new Set(before.systems.flatMap(({ partitions }) => partitions.map(({ uuid }) => uuid)));
    const partition = (world: WorldSnapshot) =>
      world.systems.flatMap(({ partitions }) => partitions).find(({ uuid }) => !known.has(uuid));

    const request = deploymentOf(newInstance(), [port]);
    await server.delayNextJob(jobDelayMs);
    let ended = false;
    const deploy = async () => {
      await driver.spawn(request, newCall());
      await driver.powerOn({ instance: request.instance, firstBoot: true, configDrive: false }, newCall());
    };
    const deploying = deploy()
      .then(
        () => undefined,
        (error: unknown) => error,
      )
      .finally(() => {
        ended = true;
      });
    for (;;) {
      const world = await server.world();
      if (reached(partition(world), world)) break;
      assert.ok(!ended, 'the deployment ended before that moment');
    }
    await server.kill();
    await sleep(outageMs);
    await server.up();

    const failure = await deploying;
    t.diagnostic(failure === undefined ? 'deployed' : String(failure));
    if (failure === undefined) {
      const made = partition(await server.world());
      assert.ok(made && onVlan(made) && isMapped(made, await server.world()));
      assert.equal(made.state, 'running');
    } else assert.ok(failure instanceof DriverError, String(failure));
    await driver.destroy({ ...request, configDrive: true, destroyDisks: true }, newCall());
    assert.deepEqual(traces(await server.world()), traces(before));
  });
