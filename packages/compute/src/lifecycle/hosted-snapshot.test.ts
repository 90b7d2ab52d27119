import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { novaLinkHostSite } from '@openstack-powervm/simulator';
import type { SpawnParams } from '../contract/index.js';
import { driverError } from '../testing/expect.js';
import { exampleCall, Rig, removalOf } from '../testing/rig.js';
import { snapshotSteps } from './snapshot.js';

const MB = 1024 * 1024;

const onGroup = (volume_group_name: string) => ({ disk_driver: 'localdisk', volume_group_name }) as const;

async function running(rig: Rig): Promise<SpawnParams> {
  const params = await rig.deployment({ image: rig.images.add(MB) });
  await rig.driver.spawn(params, exampleCall());
  await rig.driver.powerOn({ instance: params.instance, firstBoot: true, configDrive: true }, exampleCall());
  return params;
}

async function capture(rig: Rig, { instance }: SpawnParams): Promise<string> {
  const imageId = randomUUID();
  const imageAccess = { endpoint: 'http://127.0.0.1:9292', token: 'not a real one' };
  await rig.driver.snapshot({ instance, imageId, imageAccess }, exampleCall());
  return imageId;
}

/** An image service that is content with the first bytes of a disk of 1 GB. */
function readLittle(rig: Rig): void {
  rig.images.upload = async (_access, imageId, { body }) => {
    for await (const piece of body) {
      rig.images.digests.set(imageId, createHash('sha256').update(piece).digest('hex'));
      break;
    }
  };
}

/** SHA-256 of the boot disk, or of so many of its first bytes, as the simulator keeps it. */
async function diskDigest(rig: Rig, { instance }: SpawnParams, length?: number): Promise<string> {
  const boot = rig.mappingsOf(instance).find(({ storage }) => storage?.kind !== 'VirtualOpticalMedia');
  const hash = createHash('sha256');
  for await (const piece of rig.simulator.readDisk(boot?.storage?.udid ?? '', length)) hash.update(piece);
  return hash.digest('hex');
}

const everything = async (rig: Rig) => ({ ...rig.inventory(), devices: await rig.devices() });

for (const [group, length, what] of [
  [
    'novavg',
    undefined,
    'a logical volume that NovaLink hosts is captured without a mapping, with all its bytes',
  ],
  ['files', MB, 'so is a file'],
] as const)
  test(`A16 SNAP-4 L-48 LVG-5 ${what}`, async () => {
    await using rig = await Rig.open({ simulator: { site: novaLinkHostSite() }, options: onGroup(group) });
    const empty = await everything(rig);
    const params = await running(rig);
    const before = await everything(rig);
    if (length !== undefined) readLittle(rig);
    rig.requests.length = 0;
    const imageId = await capture(rig, params);
    assert.equal(rig.images.digests.get(imageId), await diskDigest(rig, params, length));
    assert.deepEqual(rig.sent('PUT', 'POST', 'DELETE'), [], 'nothing was mapped');
    assert.deepEqual(await everything(rig), before);
    await rig.driver.destroy(removalOf(params), exampleCall());
    await rig.driver.manageImageCache({ usedImageIds: [] }, exampleCall());
    assert.deepEqual(await everything(rig), empty);
  });

for (const step of snapshotSteps)
  test(`A16 SNAP-10 a capture from NovaLink's own group that fails before "${step}" leaves everything as it was`, async () => {
    const beforeStep = (operation: string, name: string): void => {
      if (operation === 'snapshot' && name === step) throw new Error('broken');
    };
    await using rig = await Rig.open({
      simulator: { site: novaLinkHostSite() },
      options: onGroup('novavg'),
      hooks: { beforeStep },
    });
    const params = await running(rig);
    const before = await everything(rig);
    readLittle(rig);
    await assert.rejects(capture(rig, params), /broken/);
    assert.deepEqual(await everything(rig), before);
  });

test('A16 SNAP-1 what a Virtual I/O Server hosts is refused also where NovaLink hosts other disks', async () => {
  await using rig = await Rig.open({ simulator: { site: novaLinkHostSite() }, options: onGroup('datavg') });
  const params = await running(rig);
  await assert.rejects(capture(rig, params), driverError('PVM_CAPTURE_UNSUPPORTED', 'localdisk'));
});

test('A16 SNAP-4 a logical unit is shown to a NovaLink partition that is a VIOS, captured and hidden again', async () => {
  const site = novaLinkHostSite({
    clusters: [
      {
        name: 'gold',
        pool: 'gold-pool',
        nodes: [{ system: 'sim1', vioses: ['vios1', 'vios2'] }],
        tiers: [{ name: 'SYSTEM', default: true, disksGb: [500] }],
      },
    ],
  });
  await using rig = await Rig.open({ simulator: { site }, options: { disk_driver: 'ssp' } });
  const params = await running(rig);
  const before = await everything(rig);
  readLittle(rig);
  const imageId = await capture(rig, params);
  assert.equal(rig.images.digests.get(imageId), await diskDigest(rig, params, MB));
  assert.deepEqual(await everything(rig), before);
});
