import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childElements } from '@openstack-powervm/atom';
import { novaLinkHostSite } from '../site/novalink-host-site.js';
import { parseSite } from '../site/parse-site.js';
import { SiteError } from '../site/problem.js';
import { Api, descend, objectOf, objectsOf, objectText, value } from '../testing/api.js';
import { mappingElement, opticalReference, volumeReference } from '../testing/bodies.js';
import { addMapping, mapDisk, mappingsOf } from '../testing/mapping-steps.js';
import { openNovaLinkHost } from '../testing/novalink-host.js';
import { createdDisk, createdPartition, descendants, finishedJob, uploaded } from '../testing/steps.js';

test('a NovaLink partition that hosts I/O is a VIOS without RMC, and no LPAR', async (t) => {
  const { api, path } = await openNovaLinkHost(t);
  const novalink = objectOf(await api.get(`${path}?group=ViosStorage`));
  assert.deepEqual(
    ['PartitionName', 'PartitionType', 'ResourceMonitoringControlState', 'MoverServicePartition'].map(
      (name) => value(novalink, name),
    ),
    ['novalink', 'AIX/Linux', 'inactive', 'false'],
  );
  const lpars = await api.get('uom/LogicalPartition');
  assert.equal(lpars.status, 204);
  const [disk] = descendants(novalink, 'PhysicalVolume').filter(
    (each) => value(each, 'VolumeName') === '/dev/sdd',
  );
  assert.ok(disk !== undefined);
  assert.deepEqual(
    childElements(disk).map(({ local }) => local),
    [
      'Metadata',
      'Description',
      'UniqueDeviceID',
      'VolumeCapacity',
      'VolumeName',
      'VolumeState',
      'VolumeUniqueID',
    ],
  );
  assert.match(value(disk, 'UniqueDeviceID'), /^scsi-35000c500[0-9a-f]{8}$/);
  assert.equal((await api.delete(path)).status, 409);
});

test('a logical volume of NovaLink is backed by a path, and its device is called after it', async (t) => {
  const { api, path, group } = await openNovaLinkHost(t);
  await createdDisk(api, await group('novavg'), 'boot');
  const { id } = await createdPartition(api, 'client');
  assert.equal((await mapDisk(api, path, id, 'boot')).status, 200);
  const [mapping] = await mappingsOf(api, path);
  assert.ok(mapping !== undefined);
  const server = descend(mapping, 'ServerAdapter');
  const slot = Number(value(server, 'VirtualSlotNumber'));
  assert.equal(value(server, 'BackingDeviceName'), '/dev/novavg/boot');
  assert.deepEqual(
    childElements(server).filter(({ local }) => ['AdapterName', 'ServerLocationCode'].includes(local)),
    [],
  );
  const target = descend(mapping, 'TargetDevice', 'LogicalVolumeVirtualTargetDevice');
  assert.deepEqual(
    ['LogicalUnitAddress', 'TargetName', 'UniqueDeviceID'].map((name) => value(target, name)),
    ['lun1', 'BLOCK-boot', `${(0x30000000 + slot).toString(16)}-lun1`],
  );
  assert.ok(childElements(mapping, 'AssociatedLogicalPartition').length === 1);
  const unmapped = objectText(await api.get(`${path}?group=ViosSCSIMapping`)).replace(
    /<VirtualSCSIMapping .*<\/VirtualSCSIMapping>/s,
    '',
  );
  assert.equal((await api.post(`${path}?group=ViosSCSIMapping`, unmapped)).status, 200);
  assert.deepEqual(await mappingsOf(api, path), []);
});

test('disks of a group with a directory are files: their names are paths, their UDIDs UUIDs', async (t) => {
  const { api, path, group } = await openNovaLinkHost(t);
  const files = await group('files');
  const udid = await createdDisk(api, files, '/var/lib/pvm/disks/first');
  assert.match(udid, /^[0-9a-f]{8}-[0-9a-f]{4}-3/);
  const read = objectOf(await api.get(files));
  assert.equal(value(read, 'MaximumLogicalVolumes'), '0');
  const [disk] = descendants(read, 'VirtualDisk');
  assert.ok(disk !== undefined);
  assert.deepEqual(
    [value(disk, 'DiskName'), value(disk, 'VirtualDiskType')],
    ['/var/lib/pvm/disks/first', 'File'],
  );
  const { id } = await createdPartition(api, 'client');
  assert.equal((await mapDisk(api, path, id, '/var/lib/pvm/disks/first')).status, 200);
  const [mapping] = await mappingsOf(api, path);
  assert.ok(mapping !== undefined);
  assert.equal(
    value(descend(mapping, 'ServerAdapter'), 'BackingDeviceName'),
    value(descend(mapping, 'Storage', 'VirtualDisk'), 'DiskName'),
  );
  assert.equal(
    value(descend(mapping, 'TargetDevice', 'LogicalVolumeVirtualTargetDevice'), 'TargetName'),
    'FILEIO-first',
  );
  const again = objectText(await api.get(`${path}?group=ViosSCSIMapping`));
  assert.equal((await api.post(`${path}?group=ViosSCSIMapping`, again)).status, 200, 'a kept mapping stays');
});

test('media of NovaLink have UUIDs; a mapping to a VIOS does not say whose it is', async (t) => {
  const { api, id, path, vios } = await openNovaLinkHost(t);
  const bytes = Buffer.from('an installation image');
  assert.equal(
    (await uploaded(api, { name: 'cfg', type: 'BROKERED_MEDIA_ISO', vios: id }, bytes)).status,
    204,
  );
  const partition = await vios('vios1');
  for (const storage of [opticalReference('cfg'), volumeReference('/dev/sdd')])
    assert.equal((await addMapping(api, path, mappingElement({ partition, storage }))).status, 200);
  const mappings = await mappingsOf(api, path);
  assert.equal(mappings.length, 2);
  for (const mapping of mappings) assert.deepEqual(childElements(mapping, 'AssociatedLogicalPartition'), []);
  const media = descendants(objectOf(await api.get(`${path}?group=ViosSCSIMapping`)), 'VirtualOpticalMedia');
  assert.match(value(media[0] ?? assert.fail(), 'MediaUDID'), /^[0-9a-f]{8}-/);
});

test('jobs run on NovaLink without an RMC connection', async (t) => {
  const { api, id } = await openNovaLinkHost(t);
  const job = await finishedJob(api, 'VirtualIOServer', id, 'RemoveDevice', { devName: '/dev/sdd' });
  assert.equal(value(job, 'Status'), 'COMPLETED_OK');
});

test('a system without VIOS needs a NovaLink that hosts I/O', async (t) => {
  const [system] = novaLinkHostSite().systems;
  assert.ok(system?.novalink !== undefined);
  const alone = { ...system, vioses: [], bridges: [] };
  const api = await Api.start(t, { site: parseSite({ systems: [alone] }) });
  assert.equal(objectsOf(await api.get('uom/VirtualIOServer')).length, 1);
  const { hostedIo: _, ...plain } = system.novalink;
  assert.throws(() => parseSite({ systems: [{ ...alone, novalink: plain }] }), SiteError);
  const [group] = system.novalink.hostedIo?.volumeGroups ?? [];
  const twice = { ...system.novalink, hostedIo: { volumeGroups: [group, group] } };
  assert.throws(() => parseSite({ systems: [{ ...system, novalink: twice }] }), /second volume group novavg/);
});

test('a disk that NovaLink cannot make is refused', async (t) => {
  const { api, group } = await openNovaLinkHost(t);
  const files = await group('files');
  for (const name of ['a/b', '..', '../escape', '/var/lib/pvm/disks/../x'])
    await assert.rejects(createdDisk(api, files, name));
  assert.deepEqual(descendants(objectOf(await api.get(files)), 'VirtualDisk'), []);
});
