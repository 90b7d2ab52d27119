import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { driverError } from '../testing/expect.js';
import { LinuxBlockDevices } from './linux-block-devices.js';

const udid = '01M8233-E8BSV0000000000000000000000000000ABCDEF0123456789';
const slot = 0x12;

/** Directories as Linux has them, and a clock that leaps: what is waited for in vain costs no time. */
async function system(t: TestContext) {
  const root = await mkdtemp(join(tmpdir(), 'powervm-devices-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  for (const path of ['dev/disk/by-id', 'sys/class/block'])
    await mkdir(join(root, path), { recursive: true });
  let now = 0;
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number) => {
      now += milliseconds;
    },
  };
  return { root, clock, devices: new LinuxBlockDevices(root, clock) };
}

/** A device that Linux shows; `sda` has so many sectors. */
async function show(root: string, name: string, link: string): Promise<void> {
  await writeFile(join(root, 'dev', name), Buffer.alloc(1024, 7));
  await symlink(`../../${name}`, join(root, 'dev/disk/by-id', link));
  for (const directory of [`sys/block/${name}/device`, `sys/class/block/${name}`])
    await mkdir(join(root, directory), { recursive: true });
  await writeFile(join(root, `sys/class/block/${name}/size`), '2\n');
}

async function addBus(root: string): Promise<string> {
  const bus = join(root, 'sys/devices/vio', (0x30000000 | slot).toString(16), 'host3/scsi_host/host3');
  await mkdir(bus, { recursive: true });
  return join(bus, 'scan');
}

test('SNAP-4 the bus of the adapter is scanned, and the disk is known by the end of its UDID', async (t) => {
  const { root, devices } = await system(t);
  const scan = await addBus(root);
  await show(root, 'sda', 'scsi-SAIX_VDASD_0000');
  await show(root, 'sdb', `scsi-SAIX_VDASD_${udid.slice(-32).toLowerCase()}`);
  const device = await devices.discover({ udid, slot }, {});
  assert.equal(await readFile(scan, 'latin1'), '- - -');
  assert.equal(device.path, join(root, 'dev/sdb'));
  assert.equal(device.size, 1024);
});

test('SNAP-4 L-50 a disk may take five minutes to appear, then it is given up with where it was looked for', async (t) => {
  const { root, clock, devices } = await system(t);
  const late = { root, clock, at: 299_000 };
  const sleep = clock.sleep;
  clock.sleep = async (milliseconds) => {
    await sleep(milliseconds);
    if (clock.now() < late.at) return;
    late.at = Number.POSITIVE_INFINITY;
    await show(root, 'sdb', `scsi-${udid.slice(-32)}`);
  };
  assert.equal((await devices.discover({ udid, slot }, {})).path, join(root, 'dev/sdb'));

  const other = await system(t);
  await assert.rejects(
    other.devices.discover({ udid, slot }, {}),
    driverError('PVM_DISK_NOT_DISCOVERED', udid, '300 s', `slot ${slot}`),
  );
  assert.ok(other.clock.now() >= 300_000);
});

test('SNAP-4 two devices that claim to be one disk are refused', async (t) => {
  const { root, devices } = await system(t);
  await addBus(root);
  for (const name of ['sda', 'sdb']) await show(root, name, `scsi-${name}_${udid.slice(-32)}`);
  await assert.rejects(
    devices.discover({ udid, slot }, {}),
    driverError('PVM_DISK_NOT_UNIQUE', 'dev/sda', 'dev/sdb'),
  );
});

test('SNAP-5 a device that Linux keeps for ten seconds is an error, one that it does not know is none', async (t) => {
  const { root, clock, devices } = await system(t);
  await devices.remove(udid, {});
  await show(root, 'sda', `scsi-${udid.slice(-32)}`);
  await assert.rejects(devices.remove(udid, {}), driverError('PVM_DEVICE_NOT_REMOVED', udid, '10 s'));
  assert.equal(await readFile(join(root, 'sys/block/sda/device/delete'), 'latin1'), '1');
  assert.ok(clock.now() >= 10_000);
});

test('L-51 the machine knows which partition it is', async (t) => {
  const { root, devices } = await system(t);
  assert.equal(await devices.partitionId(), undefined);
  await mkdir(join(root, 'proc/ppc64'), { recursive: true });
  await writeFile(
    join(root, 'proc/ppc64/lparcfg'),
    'lparcfg 1.9\nsystem_id=IBM,8233\npartition_id=12\nshared=1\n',
  );
  assert.equal(await devices.partitionId(), 12);
});
