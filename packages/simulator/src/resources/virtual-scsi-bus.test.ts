import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api, idOf, objectOf, objectsOf, objectText, value } from '../testing/api.js';
import { mappingElement, object, virtualDiskReference } from '../testing/bodies.js';
import { mapDisk, mappingsOf } from '../testing/mapping-steps.js';
import { aVios, createdDisk, createdPartition, descendants } from '../testing/steps.js';

/** The inside of a mapping: href, ClientAdapter and ServerAdapter, then Storage. */
function busBody(partition: string, ...disks: string[]): string {
  const mapping = mappingElement({ partition, storage: '' });
  const adapters = mapping.replace(/^.*?<\/uom:Metadata>/, '').replace(/<uom:Storage>.*$/, '');
  const items = disks.map(
    (disk) =>
      `<uom:VirtualSCSIStorageAndTargetDevice><uom:Storage>${virtualDiskReference(disk)}</uom:Storage></uom:VirtualSCSIStorageAndTargetDevice>`,
  );
  return object('VirtualSCSIBus', [
    adapters,
    `<uom:AssociatedMappings>${items.join('')}</uom:AssociatedMappings>`,
  ]);
}

test('a bus is made with its disks, edited and deleted without touching the others', async (t) => {
  const api = await Api.start(t);
  const { path, dataGroup } = await aVios(api);
  for (const disk of ['a', 'b', 'c', 'other']) await createdDisk(api, dataGroup, disk);
  const { id } = await createdPartition(api, 'vm');
  await mapDisk(api, path, id, 'other');
  const bus = objectOf(await api.put(`${path}/VirtualSCSIBus`, busBody(id, 'a', 'b')));
  assert.equal(descendants(bus, 'VirtualSCSIStorageAndTargetDevice').length, 2);
  assert.equal((await mappingsOf(api, path)).length, 3);
  assert.equal(objectsOf(await api.get(`${path}/VirtualSCSIBus`)).length, 2);
  const busPath = `${path}/VirtualSCSIBus/${idOf(bus)}`;
  const read = await api.get(busPath);
  const more = objectText(read).replace(
    '</AssociatedMappings>',
    `<VirtualSCSIStorageAndTargetDevice><Storage>${virtualDiskReference('c').replaceAll('uom:', '')}</Storage></VirtualSCSIStorageAndTargetDevice></AssociatedMappings>`,
  );
  const three = objectOf(await api.post(busPath, more, { 'If-Match': String(read.headers.etag) }));
  assert.deepEqual(
    descendants(three, 'LogicalUnitAddress').map((address) => address.text),
    ['0x8100000000000000', '0x8200000000000000', '0x8300000000000000'],
  );
  assert.equal((await api.delete(busPath)).status, 204);
  const left = await mappingsOf(api, path);
  assert.deepEqual(
    left.map((mapping) => value(mapping, 'Storage', 'VirtualDisk', 'DiskName')),
    ['other'],
  );
});

test('a bus may be empty', async (t) => {
  const api = await Api.start(t);
  const { path } = await aVios(api);
  const { id } = await createdPartition(api, 'vm');
  const bus = objectOf(await api.put(`${path}/VirtualSCSIBus`, busBody(id)));
  assert.equal(descendants(bus, 'VirtualSCSIStorageAndTargetDevice').length, 0);
  assert.match(value(bus, 'ServerAdapter', 'AdapterName'), /^vhost\d+$/);
});
