import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attribute, child } from '@openstack-powervm/atom';
import { Api, descend, objectOf, objectText, refusal, value } from '../testing/api.js';
import {
  mappingElement,
  opticalReference,
  virtualDiskReference,
  volumeReference,
} from '../testing/bodies.js';
import { addMapping, mapDisk, mappingsOf, mappingTexts, SCSI } from '../testing/mapping-steps.js';
import { siteWithRepository } from '../testing/sites.js';
import { aVios, createdDisk, createdPartition, uploaded } from '../testing/steps.js';

interface Scene {
  readonly api: Api;
  readonly vios: string;
  readonly viosId: string;
  readonly partition: string;
}

async function scene(t: Parameters<typeof Api.start>[0], ...disks: string[]): Promise<Scene> {
  const api = await Api.start(t);
  const { id, path, dataGroup } = await aVios(api);
  for (const disk of disks) await createdDisk(api, dataGroup, disk);
  const partition = await createdPartition(api, 'client');
  return { api, vios: path, viosId: id, partition: partition.id };
}

test('a new mapping comes back complete on both sides', async (t) => {
  const { api, vios, partition } = await scene(t, 'boot');
  assert.equal((await mapDisk(api, vios, partition, 'boot')).status, 200);
  const [mapping, ...others] = await mappingsOf(api, vios);
  assert.ok(mapping !== undefined && others.length === 0);
  const client = descend(mapping, 'ClientAdapter');
  const server = descend(mapping, 'ServerAdapter');
  assert.ok(
    attribute(descend(mapping, 'AssociatedLogicalPartition'), 'href')?.endsWith(
      `/LogicalPartition/${partition}`,
    ),
  );
  assert.equal(value(client, 'RemoteSlotNumber'), value(server, 'VirtualSlotNumber'));
  assert.equal(value(server, 'RemoteSlotNumber'), value(client, 'VirtualSlotNumber'));
  assert.equal(value(server, 'RemoteLogicalPartitionID'), value(client, 'LocalPartitionID'));
  assert.equal(value(server, 'ServerLocationCode'), value(client, 'LocationCode'));
  assert.match(
    value(server, 'LocationCode'),
    new RegExp(`-V${value(server, 'LocalPartitionID')}-C${value(server, 'VirtualSlotNumber')}$`),
  );
  assert.equal(value(server, 'UniqueDeviceID'), `1e${value(server, 'LocationCode')}`);
  assert.equal(value(server, 'AdapterName'), 'vhost0');
  assert.equal(value(server, 'BackingDeviceName'), 'boot');
  const target = descend(mapping, 'TargetDevice', 'LogicalVolumeVirtualTargetDevice');
  assert.equal(value(target, 'LogicalUnitAddress'), '0x8100000000000000');
  assert.equal(value(target, 'TargetName'), 'vtscsi0');
  assert.match(value(target, 'UniqueDeviceID'), /^09[0-9a-f]{16}$/);
  assert.equal(child(client, 'UseNextAvailableSlotID'), undefined);
  const lpar = objectOf(await api.get(`uom/LogicalPartition/${partition}`));
  assert.equal(descend(lpar, 'VirtualSCSIClientAdapters').children.length, 1);
});

test('a donor pair carries a second disk at the next address; leaving both out frees everything', async (t) => {
  const { api, vios, partition } = await scene(t, 'boot', 'data');
  const first = objectText(await mapDisk(api, vios, partition, 'boot'));
  const donor = mappingTexts(first)[0] ?? '';
  const second = donor
    .replace(/<TargetDevice.*<\/TargetDevice>/, '')
    .replace(/<VirtualDisk .*<\/VirtualDisk>/, virtualDiskReference('data').replaceAll('uom:', ''));
  const read = await api.get(vios + SCSI);
  const both = await api.post(
    vios + SCSI,
    objectText(read).replace('</VirtualSCSIMappings>', `${second}</VirtualSCSIMappings>`),
    { 'If-Match': String(read.headers.etag) },
  );
  const mappings = await mappingsOf(api, vios);
  assert.equal(both.status, 200, both.text);
  const slots = new Set(mappings.map((mapping) => value(mapping, 'ServerAdapter', 'VirtualSlotNumber')));
  assert.deepEqual([mappings.length, slots.size], [2, 1]);
  const addresses = mappings.map((mapping) =>
    value(mapping, 'TargetDevice', 'LogicalVolumeVirtualTargetDevice', 'LogicalUnitAddress'),
  );
  assert.deepEqual(addresses.sort(), ['0x8100000000000000', '0x8200000000000000']);
  const emptied = objectText(both).replace(/<VirtualSCSIMapping .*<\/VirtualSCSIMapping>/s, '');
  assert.equal((await api.post(vios + SCSI, emptied)).status, 200);
  assert.equal((await mappingsOf(api, vios)).length, 0);
  await mapDisk(api, vios, partition, 'boot');
  const [again] = await mappingsOf(api, vios);
  assert.ok(again !== undefined);
  assert.equal(value(again, 'ServerAdapter', 'AdapterName'), 'vhost0');
});

test('the group in the URL decides: a POST without ViosSCSIMapping leaves mappings alone', async (t) => {
  const { api, vios, partition } = await scene(t, 'boot');
  await mapDisk(api, vios, partition, 'boot');
  const plain = await api.get(`${vios}?group=None`);
  assert.equal((await api.post(`${vios}?group=None`, objectText(plain))).status, 200);
  const network = await api.get(`${vios}?group=ViosNetwork`);
  const stub = objectText(network).replace(
    '<FreeIOAdapters',
    '<VirtualSCSIMappings><Metadata><Atom/></Metadata></VirtualSCSIMappings><FreeIOAdapters',
  );
  assert.equal((await api.post(`${vios}?group=ViosNetwork`, stub)).status, 200);
  assert.equal((await mappingsOf(api, vios)).length, 1);
});

test('posting back what was read changes nothing, not even the ETag', async (t) => {
  const { api, vios, partition } = await scene(t, 'boot');
  await mapDisk(api, vios, partition, 'boot');
  const read = await api.get(vios + SCSI);
  const posted = await api.post(vios + SCSI, objectText(read), { 'If-Match': String(read.headers.etag) });
  assert.equal(posted.headers.etag, read.headers.etag);
});

test('a wanted client slot, address and target name are granted; taken ones are refused whole', async (t) => {
  const { api, vios, partition } = await scene(t, 'boot', 'data');
  const target =
    '<uom:TargetDevice><uom:LogicalVolumeVirtualTargetDevice><uom:LogicalUnitAddress>0x8500000000000000</uom:LogicalUnitAddress>' +
    '<uom:TargetName>mine</uom:TargetName></uom:LogicalVolumeVirtualTargetDevice></uom:TargetDevice>';
  const wanted = (storage: string) =>
    mappingElement({ partition, clientSlot: 40, storage: virtualDiskReference(storage), target });
  assert.equal((await addMapping(api, vios, wanted('boot'))).status, 200);
  const [mapping] = await mappingsOf(api, vios);
  assert.ok(mapping !== undefined);
  assert.equal(value(mapping, 'ClientAdapter', 'VirtualSlotNumber'), '40');
  assert.equal(value(mapping, 'TargetDevice', 'LogicalVolumeVirtualTargetDevice', 'TargetName'), 'mine');
  const before = JSON.stringify(api.simulator.inspect().systems);
  assert.match(refusal(await addMapping(api, vios, wanted('data')), 409), /slot 40/);
  assert.equal(JSON.stringify(api.simulator.inspect().systems), before);
});

test('the same disk is mapped to a partition only once, but may serve two partitions', async (t) => {
  const { api, vios, partition } = await scene(t, 'boot');
  await mapDisk(api, vios, partition, 'boot');
  assert.match(refusal(await mapDisk(api, vios, partition, 'boot'), 409), /already mapped/);
  const novalink = api.simulator.inspect().systems[0]?.partitions.find((p) => p.isManagement);
  assert.equal((await mapDisk(api, vios, novalink?.uuid ?? '', 'boot')).status, 200);
});

test('physical volumes are mapped unless a volume group owns them; unknown storage and clients are refused', async (t) => {
  const { api, vios, partition } = await scene(t);
  const map = (storage: string, client = partition) =>
    addMapping(api, vios, mappingElement({ partition: client, storage }));
  assert.match(refusal(await map(volumeReference('hdisk0')), 409), /rootvg/);
  assert.match(refusal(await map(volumeReference('hdisk99')), 404), /hdisk99/);
  assert.match(refusal(await map(virtualDiskReference('nothing')), 404), /nothing/);
  refusal(await map(volumeReference('hdisk2'), '00000000-0000-4000-8000-000000000000'), 404);
  assert.equal((await map(volumeReference('hdisk2'))).status, 200);
  const storage = objectOf(await api.get(`${vios}?group=ViosStorage`));
  const free = descend(storage, 'PhysicalVolumes').children.filter(
    (node) =>
      node.kind === 'element' &&
      node.local === 'PhysicalVolume' &&
      value(node, 'AvailableForUsage') === 'true',
  );
  assert.equal(free.length, 0);
});

test('optical media are changed and taken out; the drive stays', async (t) => {
  const api = await Api.start(t, { site: siteWithRepository() });
  const { id, path } = await aVios(api);
  const partition = await createdPartition(api, 'client');
  for (const name of ['one.iso', 'two.iso']) {
    await uploaded(api, { name, type: 'BROKERED_MEDIA_ISO', vios: id }, Buffer.from(name));
  }
  await addMapping(
    api,
    path,
    mappingElement({ partition: partition.id, storage: opticalReference('one.iso') }),
  );
  const text = objectText(await api.get(path + SCSI));
  const changed = text.replace(
    /<VirtualOpticalMedia .*<\/VirtualOpticalMedia>/,
    opticalReference('two.iso').replaceAll('uom:', ''),
  );
  const two = objectOf(await api.post(path + SCSI, changed));
  assert.match(
    value(two, 'VirtualSCSIMappings', 'VirtualSCSIMapping', 'Storage', 'VirtualOpticalMedia', 'MediaName'),
    /two/,
  );
  const ejected = objectOf(await api.post(path + SCSI, changed.replace(/<Storage .*<\/Storage>/, '')));
  const mapping = descend(ejected, 'VirtualSCSIMappings', 'VirtualSCSIMapping');
  assert.equal(child(mapping, 'Storage'), undefined);
  assert.equal(value(mapping, 'TargetDevice', 'VirtualOpticalTargetDevice', 'TargetName'), 'vtopt0');
});

test('deleting a partition leaves an orphan that names its id; a POST without it scrubs it', async (t) => {
  const { api, vios, partition } = await scene(t, 'boot');
  await mapDisk(api, vios, partition, 'boot');
  const id = value(objectOf(await api.get(`uom/LogicalPartition/${partition}`)), 'PartitionID');
  assert.equal((await api.delete(`uom/LogicalPartition/${partition}`)).status, 204);
  const [orphan] = await mappingsOf(api, vios);
  assert.ok(orphan !== undefined);
  assert.equal(child(orphan, 'ClientAdapter'), undefined);
  assert.equal(child(orphan, 'AssociatedLogicalPartition'), undefined);
  assert.equal(value(orphan, 'ServerAdapter', 'RemoteLogicalPartitionID'), id);
  const text = objectText(await api.get(vios + SCSI));
  assert.equal((await api.post(vios + SCSI, text)).status, 200);
  await api.post(vios + SCSI, text.replace(/<VirtualSCSIMapping .*<\/VirtualSCSIMapping>/s, ''));
  assert.equal((await mappingsOf(api, vios)).length, 0);
});

test('storage taken off a mapping leaves the bus', async (t) => {
  const { api, vios, partition } = await scene(t, 'boot');
  const text = objectText(await mapDisk(api, vios, partition, 'boot'));
  const bare = text.replace(/<Storage .*?<\/Storage>/s, '').replace(/<TargetDevice .*?<\/TargetDevice>/s, '');
  assert.equal((await api.post(vios + SCSI, bare)).status, 200);
  const [mapping, ...others] = await mappingsOf(api, vios);
  assert.ok(mapping !== undefined && others.length === 0);
  assert.equal(child(mapping, 'Storage'), undefined);
  assert.equal(value(mapping, 'ServerAdapter', 'AdapterName'), 'vhost0');
});
