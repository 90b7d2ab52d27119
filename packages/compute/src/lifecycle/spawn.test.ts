import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FlowHooks } from '../flow/index.js';
import { partitionUuidOf } from '../partition/naming.js';
import { driverError } from '../testing/expect.js';
import { exampleFlavor, exampleInstance, exampleVif, noDevices } from '../testing/nova.js';
import { exampleCall, Rig, removalOf } from '../testing/rig.js';
import { spawnSteps } from './spawn.js';

const MB = 1024 * 1024;
const GB = 1024 * MB;

test('ID-2 SPAWN-4 SPAWN-5 SPAWN-6 SPAWN-7 SPAWN-9 SPAWN-10 a deployment makes partition, adapters, disk, drive and mappings', async () => {
  await using rig = await Rig.open();
  const image = rig.images.add(3 * MB);
  const params = await rig.deployment({
    image,
    instance: exampleInstance({ flavor: exampleFlavor({ rootGb: 2 }) }),
  });
  const updates = await rig.driver.spawn(params, exampleCall());

  const partition = rig.partition(params.instance);
  assert.equal(partition?.uuid, partitionUuidOf(params.instance.uuid));
  assert.equal(partition.name, params.instance.name);
  assert.equal(partition.state, 'not activated');
  assert.equal(partition.memoryMb, 2048);
  assert.deepEqual(partition.processors, { mode: 'shared', count: 2, units: 0.2 });
  assert.deepEqual(partition.adapters.map(({ portVlan, switch: name }) => [name, portVlan]).sort(), [
    ['ETHERNET0', 100],
    ['MGMTSWITCH', 4094],
  ]);
  const vifMac = params.vifs[0]?.address.replaceAll(':', '').toUpperCase();
  assert.ok(partition.adapters.some(({ mac }) => mac === vifMac));

  const mapped = rig.mappingsOf(params.instance);
  assert.deepEqual(mapped.map(({ storage }) => storage?.name.slice(0, 4)).sort(), ['b_in', 'cfg_']);
  assert.deepEqual(updates.systemMetadata, { mgmt_interface_mac: params.managementMac });
});

test('SPAWN-7 IMGC-2 the boot disk has the flavor size and the bytes of the image', async () => {
  await using rig = await Rig.open();
  const image = rig.images.add(3 * MB);
  const params = await rig.deployment({
    image,
    instance: exampleInstance({ flavor: exampleFlavor({ rootGb: 2 }) }),
  });
  await rig.driver.spawn(params, exampleCall());
  const boot = rig.disks('datavg').find(({ name }) => name.startsWith('b_'));
  assert.equal(boot?.sizeGb, 2);
  const bytes: Uint8Array[] = [];
  for await (const part of rig.simulator.readDisk(boot.udid, image.size ?? 0)) bytes.push(part);
  assert.ok(Buffer.concat(bytes).equals(rig.images.content(image.id ?? '')));
});

test('IMGC-2 the second deployment of an image copies the cached one', async () => {
  await using rig = await Rig.open();
  const image = rig.images.add(1 * MB);
  await rig.driver.spawn(await rig.deployment({ image }), exampleCall());
  await rig.driver.spawn(await rig.deployment({ image }), exampleCall());
  assert.equal(rig.images.opened.length, 1);
});

test('CD-2 CD-7 the config drive holds the file of Nova', async () => {
  await using rig = await Rig.open();
  const params = await rig.deployment({ image: rig.images.add(MB) });
  await rig.driver.spawn(params, exampleCall());
  const [medium] = rig.media();
  assert.equal(medium?.name, `cfg_${params.instance.uuid.replaceAll('-', '').slice(0, 29)}.iso`);
  assert.equal(rig.simulator.inspect().consoles[0]?.files.length, 0);
});

test('SPAWN-13 PWR-2 power-on starts the partition, a second one has nothing to do', async () => {
  await using rig = await Rig.open();
  const { instance } = await deployed(rig);
  const params = { instance, firstBoot: true, configDrive: true };
  await rig.driver.powerOn(params, exampleCall());
  await rig.driver.powerOn(params, exampleCall());
  assert.equal((await rig.driver.getInfo({ uuid: instance.uuid }, exampleCall())).state, 1);
});

test('at most 15 REST requests for a deployment and its start, when the image is cached', async () => {
  await using rig = await Rig.open();
  const image = rig.images.add(MB);
  await rig.driver.spawn(await rig.deployment({ image }), exampleCall());
  const params = await rig.deployment({ image });
  rig.requests.length = 0;
  await rig.driver.spawn(params, exampleCall());
  const sent = rig.sent('GET', 'PUT', 'POST', 'DELETE');
  assert.ok(sent.length <= 15, `${sent.length} requests:\n${sent.join('\n')}`);
});

test('DSK-6 B-31 F11 ephemeral and swap disks are made, mapped and deleted', async () => {
  await using rig = await Rig.open();
  const before = rig.inventory();
  const blockDevices = {
    ...noDevices,
    ephemerals: [
      { deviceName: null, sizeGb: 3 },
      { deviceName: null, sizeGb: 1 },
    ],
    swapMb: 512,
  };
  const params = await rig.deployment({ image: rig.images.add(MB), blockDevices });
  await rig.driver.spawn(params, exampleCall());
  const sizes = rig
    .disks('datavg')
    .filter(({ name }) => /^(e[01]|s_)/.test(name))
    .map(({ sizeGb }) => sizeGb);
  assert.deepEqual(sizes.sort(), [1, 1, 3]);
  assert.equal(rig.mappingsOf(params.instance).length, 5);
  await rig.driver.destroy(removalOf(params), exampleCall());
  assert.deepEqual(rig.inventory().partitions, before.partitions);
  assert.deepEqual(rig.inventory().mappings, before.mappings);
});

test('SPAWN-11 IBMI-1 IBMI-2 F09 an IBM i partition gets its lowest slots as load source and alternate', async () => {
  await using rig = await Rig.open();
  const instance = exampleInstance({ systemMetadata: { image_os_distro: 'ibmi' } });
  const params = await rig.deployment({ image: rig.images.add(MB), instance });
  await rig.driver.spawn(params, exampleCall());
  assert.equal(rig.partition(instance)?.type, 'OS400');
  const [first, second] = rig
    .mappingsOf(instance)
    .map(({ clientSlot }) => clientSlot)
    .sort((a, b) => a - b);
  // The simulator does not keep tagged slots, so what was sent is looked at.
  const sent = rig.requests.find(
    ({ method, path }) => method === 'POST' && path.includes('/LogicalPartition/'),
  );
  const value = (name: string) => new RegExp(`${name}[^>]*>([^<]*)<`).exec(sent?.requestBody ?? '')?.[1];
  assert.deepEqual([value('[:<]LoadSource'), value('AlternateLoadSource')], [String(first), String(second)]);
  assert.deepEqual([value('DesignatedIPLSource'), value('KeylockPosition')], ['b', 'normal']);
});

test('SPAWN-2 TX-6 a deployment asks VIOSes for their mappings and for nothing else that costs', async () => {
  await using rig = await Rig.open();
  const params = await rig.deployment({ image: rig.images.add(MB) });
  rig.requests.length = 0;
  await rig.driver.spawn(params, exampleCall());
  const groups = rig.requests.flatMap(({ path }) => {
    const [, group] = /\/VirtualIOServer(?:\/[^/?]+)?\?(?:.*&)?group=([^&]*)/.exec(path) ?? [];
    return group === undefined ? [] : [group];
  });
  assert.deepEqual(
    [...new Set(groups)].filter((group) => group !== 'None'),
    ['ViosSCSIMapping'],
  );
});

test('IBMI-2 an IBM i without any disk is refused, as it could not boot', async () => {
  await using rig = await Rig.open();
  const before = rig.inventory();
  const params = await rig.deployment({
    image: rig.images.add(MB),
    instance: exampleInstance({ systemMetadata: { image_os_distro: 'ibmi' } }),
    blockDevices: { ...noDevices, bootFromVolume: true },
    configDrivePath: null,
  });
  await assert.rejects(
    rig.driver.spawn(params, exampleCall()),
    driverError('PVM_NO_BOOT_SLOT', params.instance.name),
  );
  assert.deepEqual(rig.inventory(), before);
});

test('volumes are refused before anything is made', async () => {
  await using rig = await Rig.open();
  const before = rig.inventory();
  const volume = { volumeId: 'v1', mountDevice: '/dev/sdb', bootIndex: null, connectionInfo: {} };
  const params = await rig.deployment({
    image: rig.images.add(MB),
    blockDevices: { ...noDevices, volumes: [volume] },
  });
  await assert.rejects(
    rig.driver.spawn(params, exampleCall()),
    driverError('PVM_VOLUMES_UNSUPPORTED', params.instance.uuid),
  );
  assert.deepEqual(rig.inventory(), before);
});

test('DSK-4 an image larger than the flavor disk is refused with both sizes and nothing is made', async () => {
  await using rig = await Rig.open();
  const before = rig.inventory();
  const image = rig.images.add(1, { size: 5 * GB, name: 'big' });
  const params = await rig.deployment({ image });
  await assert.rejects(
    rig.driver.spawn(params, exampleCall()),
    driverError('PVM_IMAGE_TOO_LARGE', '5.00 GB', '1 GB'),
  );
  assert.deepEqual(rig.inventory(), before);
});

test('FLV-2 an unknown flavor key is refused by name and nothing is made', async () => {
  await using rig = await Rig.open();
  const before = rig.inventory();
  const flavor = exampleFlavor({ extraSpecs: { 'powervm:warp': '9' } });
  const params = await rig.deployment({ image: rig.images.add(MB), instance: exampleInstance({ flavor }) });
  await assert.rejects(
    rig.driver.spawn(params, exampleCall()),
    driverError('PVM_FLAVOR_KEY_UNKNOWN', 'powervm:warp'),
  );
  assert.deepEqual(rig.inventory(), before);
});

test('FLV-10 more memory than the host has free is refused with both figures', async () => {
  await using rig = await Rig.open();
  const flavor = exampleFlavor({ memoryMb: 1024 * 1024 });
  const params = await rig.deployment({ image: rig.images.add(MB), instance: exampleInstance({ flavor }) });
  await assert.rejects(rig.driver.spawn(params, exampleCall()), driverError('PVM_CAPACITY', '1048576 MB'));
});

test("HOST-8 what does not fit with the hypervisor's own memory is refused at the start, in the words of the platform", async () => {
  await using rig = await Rig.open();
  const { memory_mb, memory_mb_used } = await rig.driver.getAvailableResource({}, exampleCall());
  const flavor = exampleFlavor({ memoryMb: memory_mb - memory_mb_used });
  const params = await rig.deployment({ image: rig.images.add(MB), instance: exampleInstance({ flavor }) });
  await rig.driver.spawn(params, exampleCall());
  await assert.rejects(
    rig.driver.powerOn({ instance: params.instance, firstBoot: true, configDrive: true }, exampleCall()),
    driverError('PVM_POWER_ON_FAILED', 'not enough memory', params.instance.name),
  );
});

test('VIF-1 a port without binding or of an unknown type is refused before anything is made', async () => {
  await using rig = await Rig.open();
  const before = rig.inventory();
  for (const type of [null, 'vhostuser']) {
    const params = await rig.deployment({ image: rig.images.add(MB), vifs: [exampleVif({ type })] });
    await assert.rejects(
      rig.driver.spawn(params, exampleCall()),
      driverError('PVM_VIF_PLUG_FAILED', params.vifs[0]?.id ?? ''),
    );
  }
  assert.deepEqual(rig.inventory(), before);
});

test('RETRY-4 L-44 an image download that breaks is tried again', async () => {
  await using rig = await Rig.open({ clock: impatient });
  rig.images.breakNext = 2;
  const image = rig.images.add(MB);
  await rig.driver.spawn(await rig.deployment({ image }), exampleCall());
  assert.equal(rig.images.opened.length, 3);
});

test('RETRY-4 L-45 after four attempts the deployment fails and no half-uploaded image stays', async () => {
  await using rig = await Rig.open({ clock: impatient });
  const before = rig.inventory();
  rig.images.breakNext = 4;
  const params = await rig.deployment({ image: rig.images.add(MB) });
  await assert.rejects(
    rig.driver.spawn(params, exampleCall()),
    driverError('PVM_IMAGE_UNAVAILABLE', 'hung up'),
  );
  assert.deepEqual(rig.inventory(), before);
});

for (const step of spawnSteps.filter((name) => name !== 'set boot slots'))
  for (const when of ['beforeStep', 'afterStep'] as const)
    test(`SPAWN-14 FLOW-1 a failure ${when === 'beforeStep' ? 'before' : 'after'} "${step}" leaves nothing behind`, async () => {
      const hooks: FlowHooks = {
        [when]: (operation: string, name: string) => {
          if (operation === 'spawn' && name === step) throw new Error(`broken at ${step}`);
        },
      };
      await using rig = await Rig.open({ hooks });
      const image = rig.images.add(MB);
      const blockDevices = { ...noDevices, swapMb: 100 };
      const params = await rig.deployment({ image, blockDevices });
      const before = withoutCache(rig);
      await assert.rejects(rig.driver.spawn(params, exampleCall()), new RegExp(`broken at ${step}`));
      assert.deepEqual(withoutCache(rig), before);
      await rig.driver.destroy(removalOf(params), exampleCall());
    });

/** A cached image may stay: it is no part of the deployment (IMGC-3 removes it). */
function withoutCache(rig: Rig) {
  const inventory = rig.inventory();
  return { ...inventory, contents: inventory.contents.filter((name) => !name.includes(' i_')) };
}

const impatient = { now: () => performance.now(), sleep: async () => {} };

async function deployed(rig: Rig) {
  const params = await rig.deployment({ image: rig.images.add(MB) });
  await rig.driver.spawn(params, exampleCall());
  return params;
}
