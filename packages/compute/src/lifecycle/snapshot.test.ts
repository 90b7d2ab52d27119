import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { systemClock } from '../clock.js';
import type { DriverCall, SpawnParams } from '../contract/index.js';
import { LinuxBlockDevices } from '../devices/linux-block-devices.js';
import type { FlowHooks } from '../flow/index.js';
import { driverError } from '../testing/expect.js';
import { exampleCall, Rig, type RigOptions, removalOf } from '../testing/rig.js';
import { onPool } from '../testing/sites.js';
import { snapshotSteps } from './snapshot.js';

const MB = 1024 * 1024;
const imageAccess = { endpoint: 'http://127.0.0.1:9292', token: 'not a real one' };

const open = (options: RigOptions = {}) =>
  Rig.open({ ...onPool, ...options, options: { ...onPool.options, ...options.options } });

async function running(options: RigOptions = {}) {
  const rig = await open(options);
  const params = await rig.deployment({ image: rig.images.add(MB) });
  await rig.driver.spawn(params, exampleCall());
  await rig.driver.powerOn({ instance: params.instance, firstBoot: true, configDrive: true }, exampleCall());
  return { rig, params, before: await everything(rig) };
}

/** What a capture may not change: storage and mappings of the system, devices of NovaLink. */
const everything = async (rig: Rig) => ({ ...rig.inventory(), devices: await rig.devices() });

const capture = (rig: Rig, { instance }: Pick<SpawnParams, 'instance'>, call: Partial<DriverCall> = {}) => {
  const imageId = randomUUID();
  return rig.driver.snapshot({ instance, imageId, imageAccess }, exampleCall(call)).then(() => imageId);
};

/** An image service that is content with the first bytes: most tests need no more of a disk of 1 GB. */
function readLittle(rig: Rig): void {
  rig.images.upload = async (_access, imageId, { body }) => {
    for await (const piece of body) {
      rig.images.digests.set(imageId, sha256(piece));
      break;
    }
  };
}

/** A capture that gets as far as its upload and never further, as when the daemon is killed then. */
async function abandonCapture(rig: Rig, params: SpawnParams): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    rig.images.upload = () => {
      resolve();
      return new Promise<never>(() => {});
    };
    capture(rig, params).catch(reject);
  });
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** SHA-256 of an instance's boot disk, or of so many of its first bytes, as the simulator keeps it. */
async function diskDigest(rig: Rig, params: SpawnParams, length?: number): Promise<string> {
  const udid = rig.mappingsOf(params.instance).find(({ storage }) => storage?.name.startsWith('boot_'))
    ?.storage?.udid;
  const hash = createHash('sha256');
  for await (const piece of rig.simulator.readDisk(udid ?? '', length)) hash.update(piece);
  return hash.digest('hex');
}

test('SNAP-2 SNAP-8 A16 a capture of a running guest has the bytes of its disk, and NovaLink has no device more than before', async () => {
  const { rig, params, before } = await running();
  await using _ = rig;
  const states: unknown[] = [];
  const imageId = await capture(rig, params, {
    taskState: ({ taskState, expected }) => states.push([taskState, expected]),
  });
  assert.equal(rig.images.digests.get(imageId), await diskDigest(rig, params));
  assert.deepEqual(states, [
    ['image_pending_upload', null],
    ['image_uploading', 'image_pending_upload'],
  ]);
  assert.deepEqual(await everything(rig), before);
  assert.equal(rig.partition(params.instance)?.state, 'running');
});

test('L-51 the machine whose devices a capture reads is the NovaLink partition', async () => {
  await using rig = await Rig.open();
  const novaLink = rig.system.partitions.find(({ isManagement }) => isManagement);
  assert.ok(novaLink);
  assert.equal(await new LinuxBlockDevices(rig.deviceRoot, systemClock).partitionId(), novaLink.id);
});

test('SNAP-9 several instances are captured at the same time, each into its own image', async () => {
  const { rig, params } = await running();
  await using _ = rig;
  const other = await rig.deployment({ image: rig.images.add(2 * MB) });
  await rig.driver.spawn(other, exampleCall());
  const before = await everything(rig);
  const [first, second] = await Promise.all([capture(rig, params), capture(rig, other)]);
  assert.equal(rig.images.digests.get(first), await diskDigest(rig, params));
  assert.equal(rig.images.digests.get(second), await diskDigest(rig, other));
  assert.deepEqual(await everything(rig), before);
});

test('SNAP-4 when one VIOS cannot map the disk, another one does', async () => {
  const { rig, params, before } = await running();
  await using _ = rig;
  rig.simulator.faults.add({
    method: 'POST',
    path: '/rest/api/uom/VirtualIOServer/*',
    count: 1,
    effect: { kind: 'error', status: 409, message: 'no more slots' },
  });
  readLittle(rig);
  const imageId = await capture(rig, params);
  assert.equal(rig.images.digests.get(imageId), await diskDigest(rig, params, MB));
  assert.deepEqual(await everything(rig), before);
});

test('SNAP-4 when no VIOS can map the disk, the console says why and nothing stays', async () => {
  const { rig, params, before } = await running();
  await using _ = rig;
  rig.simulator.faults.add({
    method: 'POST',
    path: '/rest/api/uom/VirtualIOServer/*',
    count: 2,
    effect: { kind: 'error', status: 409, message: 'no more slots' },
  });
  await assert.rejects(capture(rig, params), driverError('PVM_CAPTURE_FAILED', 'no more slots'));
  assert.deepEqual(await everything(rig), before);
});

for (const step of snapshotSteps)
  for (const when of ['beforeStep', 'afterStep'] as const)
    test(`SNAP-10 FLOW-1 a capture that fails ${when} "${step}" leaves storage and devices as they were`, async () => {
      const hooks: FlowHooks = {
        [when]: (operation: string, name: string) => {
          if (operation === 'snapshot' && name === step) throw new Error('broken');
        },
      };
      const { rig, params, before } = await running({ hooks });
      await using _ = rig;
      readLittle(rig);
      await assert.rejects(capture(rig, params), /broken/);
      assert.deepEqual(await everything(rig), before);
    });

test('SNAP-10 an image service that refuses the bytes is named, and nothing stays', async () => {
  const { rig, params, before } = await running();
  await using _ = rig;
  rig.images.upload = async () => {
    throw new Error('Glance answered with 413');
  };
  await assert.rejects(capture(rig, params), driverError('PVM_CAPTURE_FAILED', 'boot_', '413'));
  assert.deepEqual(await everything(rig), before);
});

test('A16 a caller that gives up ends the capture, and nothing stays', async () => {
  const { rig, params, before } = await running();
  await using _ = rig;
  const controller = new AbortController();
  rig.images.upload = async (_access, _id, { body }, call) => {
    for await (const _piece of body) controller.abort();
    call?.signal?.throwIfAborted();
  };
  await assert.rejects(capture(rig, params, { signal: controller.signal }));
  assert.deepEqual(await everything(rig), before);
});

test('L-5 SNAP-5 a capture that a killed daemon left is cleared away by the next capture and by the removal', async () => {
  const { rig, params, before } = await running();
  await using _ = rig;
  await abandonCapture(rig, params);
  await using restarted = await rig.restart();
  readLittle(rig);
  const imageId = await capture(restarted, params);
  assert.equal(rig.images.digests.get(imageId), await diskDigest(rig, params, MB));
  assert.deepEqual(await everything(restarted), before);

  await abandonCapture(restarted, params);
  assert.notDeepEqual(await restarted.devices(), before.devices);
  await restarted.driver.destroy(removalOf(params), exampleCall());
  assert.equal(restarted.mappingsOf(params.instance).length, 0);
  assert.deepEqual(await restarted.devices(), before.devices);
  assert.deepEqual(restarted.inventory().mappings, []);
});

test('SNAP-1 L-49 a disk in a volume group of a Virtual I/O Server is refused before anything is touched', async () => {
  await using rig = await Rig.open();
  const params = await rig.deployment({ image: rig.images.add(MB) });
  await rig.driver.spawn(params, exampleCall());
  rig.requests.length = 0;
  await assert.rejects(capture(rig, params), driverError('PVM_CAPTURE_UNSUPPORTED', 'localdisk', 'NovaLink'));
  assert.deepEqual(rig.sent('GET', 'POST', 'PUT', 'DELETE'), []);
});

test('SHEL-1 SHEL-2 SHEL-3 A17 a shelved server comes back from its image with the bytes it had', async () => {
  const { rig, params } = await running();
  await using _ = rig;
  const digest = await diskDigest(rig, params);
  const imageId = await capture(rig, params);
  await rig.driver.destroy(removalOf(params), exampleCall());
  const image = {
    ...params.image,
    id: imageId,
    name: 'shelved',
    size: 1024 * MB,
    checksum: null,
  };
  const instance = { ...params.instance, vmState: 'shelved_offloaded' };
  const unshelved = await rig.deployment({ instance, image });
  await rig.driver.spawn(unshelved, exampleCall());
  assert.equal(await diskDigest(rig, unshelved), digest);
});
