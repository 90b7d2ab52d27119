import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { childElements } from '@openstack-powervm/atom';
import { startSimulator } from '../simulator.js';
import { novaLinkHostSite } from '../site/novalink-host-site.js';
import { descend, objectText, refusal, value } from '../testing/api.js';
import { leaf, mappingElement, objectReference, virtualDiskReference } from '../testing/bodies.js';
import { addMapping, mappingsOf, SCSI } from '../testing/mapping-steps.js';
import { openNovaLinkHost } from '../testing/novalink-host.js';
import { createdPartition, finishedJob, resultsOf } from '../testing/steps.js';

const volume = '/var/lib/pvm/fileio/volume1';
const backStore = (type: string): string => leaf('BackStoreType', type);

test('a file of NovaLink is mapped by its path, kept, and unmapped; it stays', async (t) => {
  const { api, path } = await openNovaLinkHost(t);
  const { id: partition } = await createdPartition(api, 'client');
  const storage = objectReference('File', volume, backStore('loop'));
  assert.equal((await addMapping(api, path, mappingElement({ partition, storage }))).status, 200);
  const [mapping] = await mappingsOf(api, path);
  assert.ok(mapping !== undefined);
  const disk = descend(mapping, 'Storage', 'VirtualDisk');
  assert.deepEqual(
    ['DiskCapacity', 'DiskLabel', 'DiskName', 'VirtualDiskType', 'BackStoreType'].map((name) =>
      value(disk, name),
    ),
    ['1', volume, volume, 'File', 'loop'],
  );
  assert.match(value(disk, 'UniqueDeviceID'), /^[0-9a-f]{8}-[0-9a-f]{4}-3[0-9a-f]{3}-/);
  assert.equal(value(descend(mapping, 'ServerAdapter'), 'BackingDeviceName'), volume);
  const target = descend(mapping, 'TargetDevice', 'LogicalVolumeVirtualTargetDevice');
  assert.deepEqual(
    [value(target, 'LogicalUnitAddress'), value(target, 'TargetName')],
    ['lun1', 'FILEIO-volume1'],
  );
  const text = objectText(await api.get(path + SCSI));
  assert.equal((await api.post(path + SCSI, text)).status, 200);
  assert.equal((await mappingsOf(api, path)).length, 1, 'posted back it stays');
  const [snapshot] = api.simulator.inspect().systems;
  const novalink = snapshot?.vioses.find(({ isManagement }) => isManagement);
  assert.deepEqual(
    novalink?.mappings.map((each) => [each.client, each.storage?.kind, each.storage?.name]),
    [['client', 'File', volume]],
  );
  const without = text.replace(/<VirtualSCSIMapping .*<\/VirtualSCSIMapping>/s, '');
  assert.equal((await api.post(path + SCSI, without)).status, 200);
  assert.deepEqual(await mappingsOf(api, path), []);
  assert.ok(novalink?.backingObjects.some(({ name }) => name === volume));
});

test('an installation image is an optical drive, the same name on every bus', async (t) => {
  const { api, path, vios } = await openNovaLinkHost(t);
  const storage = objectReference('File', '/var/lib/pvm/fileio/install.iso');
  for (const partition of [await vios('vios1'), (await createdPartition(api, 'client')).id])
    assert.equal((await addMapping(api, path, mappingElement({ partition, storage }))).status, 200);
  const mappings = await mappingsOf(api, path);
  const targets = mappings.map((mapping) => descend(mapping, 'TargetDevice', 'VirtualOpticalTargetDevice'));
  assert.deepEqual(
    targets.map((target) => value(target, 'TargetName')),
    ['FILEIO-install.iso', 'FILEIO-install.iso'],
  );
  assert.deepEqual(
    mappings.map((mapping) => childElements(mapping, 'AssociatedLogicalPartition').length).sort(),
    [0, 1],
  );
});

test('an RBD image is mapped as pool/image; a user of the site is asked for', async (t) => {
  const { api, path } = await openNovaLinkHost(t);
  const { id: partition } = await createdPartition(api, 'client');
  const user = (name: string): string => `<uom:RbdUser ksv="V1_9_0">${name}</uom:RbdUser>`;
  const map = (name: string, more = '') => {
    const storage = objectReference('RBD', name, backStore('user:rbd') + more);
    return addMapping(api, path, mappingElement({ partition, storage }));
  };
  assert.equal((await map('rbd/volume1')).status, 200);
  assert.equal((await map('rbd/private', user('cinder'))).status, 409);
  assert.equal((await map('rbd/private', user('nova'))).status, 200);
  const disks = (await mappingsOf(api, path)).map((mapping) => descend(mapping, 'Storage', 'VirtualDisk'));
  assert.deepEqual(
    disks.map((disk) => [
      value(disk, 'DiskName'),
      value(disk, 'VirtualDiskType'),
      value(disk, 'BackStoreType'),
    ]),
    [
      ['rbd/volume1', 'RBD', 'user:rbd'],
      ['rbd/private', 'RBD', 'user:rbd'],
    ],
  );
});

test('what is not there, does not fit, or is asked of another VIOS is refused', async (t) => {
  const { api, path, vios } = await openNovaLinkHost(t);
  const { id: partition } = await createdPartition(api, 'client');
  const map = (to: string, storage: string) => addMapping(api, to, mappingElement({ partition, storage }));
  const refused = async (to: string, storage: string, status: number, text: RegExp) => {
    assert.match(refusal(await map(to, storage), status), text);
  };
  await refused(path, objectReference('File', '/nowhere'), 404, /has no file \/nowhere/);
  await refused(path, objectReference('RBD', 'rbd/none'), 404, /has no RBD image rbd\/none/);
  await refused(path, objectReference('RBD', volume), 404, /has no RBD image/);
  await refused(
    path,
    objectReference('File', volume, backStore('user:rbd')),
    400,
    /BackStoreType "user:rbd"/,
  );
  await refused(
    `uom/VirtualIOServer/${await vios('vios1')}`,
    objectReference('File', volume),
    400,
    /only a NovaLink/,
  );
  const untyped = virtualDiskReference('boot').replace(/<uom:VirtualDiskType.*?<\/uom:VirtualDiskType>/, '');
  await refused(path, untyped, 500, /NullPointerException/);
  assert.deepEqual(await mappingsOf(api, path), []);
});

test('RBDExists and RescanVirtualDisk know files and images', async (t) => {
  const { api, id, vios } = await openNovaLinkHost(t);
  const exists = async (host: string, name: string) =>
    finishedJob(api, 'VirtualIOServer', host, 'RBDExists', { name });
  assert.equal(resultsOf(await exists(id, 'rbd/volume1'))['exists'], 'true');
  assert.equal(resultsOf(await exists(id, 'rbd/volume9'))['exists'], 'false');
  assert.equal(value(await exists(await vios('vios1'), 'rbd/volume1'), 'Status'), 'COMPLETED_WITH_ERROR');
  for (const [name, code] of [
    [volume, '0'],
    ['rbd/volume1', '0'],
    ['/nowhere', '-1'],
  ] as const) {
    const job = await finishedJob(api, 'VirtualIOServer', id, 'RescanVirtualDisk', { VirtualDiskUDID: name });
    assert.equal(resultsOf(job)['RETURN_CODE'], code);
  }
});

test('files are there for programs beside the simulator, and their bytes are those of the disk', async (t) => {
  const devicesDir = mkdtempSync(join(tmpdir(), 'powervm-devices-'));
  t.after(() => rmSync(devicesDir, { recursive: true }));
  await using simulator = await startSimulator({ site: novaLinkHostSite(), devicesDir });
  const file = join(devicesDir, 'sim1', volume);
  assert.equal(statSync(file).size, 1024 ** 3);
  const novalink = simulator.inspect().systems[0]?.vioses.find(({ isManagement }) => isManagement);
  const object = novalink?.backingObjects.find(({ name }) => name === volume);
  assert.ok(object !== undefined);
  const url = `${simulator.url}/simulator/disks/${object.udid}/content`;
  const bytes = Buffer.alloc(100_000, 'written by the volume service');
  assert.equal((await fetch(url, { method: 'PUT', body: bytes })).status, 204);
  assert.ok(readFileSync(file).subarray(0, bytes.length).equals(bytes));
  const read = await fetch(`${url}?length=${bytes.length}`);
  assert.ok(Buffer.from(await read.arrayBuffer()).equals(bytes));
});
