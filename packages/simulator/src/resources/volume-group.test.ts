import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api, idOf, objectOf, objectText, refusal, value } from '../testing/api.js';
import { diskElement, leaf, object } from '../testing/bodies.js';
import { mapDisk } from '../testing/mapping-steps.js';
import {
  aVios,
  createdDisk,
  createdPartition,
  descendants,
  udidOfDisk,
  uploaded,
  withRepository,
} from '../testing/steps.js';

async function bytesOf(api: Api, udid: string, length: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of api.simulator.readDisk(udid, length)) pieces.push(piece);
  return Buffer.concat(pieces);
}

test('DSK: a posted disk without UDID is made, takes its room, and changes the ETag', async (t) => {
  const api = await Api.start(t);
  const { dataGroup } = await aVios(api);
  const read = await api.get(dataGroup);
  const body = objectText(read).replace(
    '</VirtualDisks>',
    `${diskElement('boot1', '10.500000')}</VirtualDisks>`,
  );
  const answer = await api.post(dataGroup, body);
  const group = objectOf(answer);
  const serial = value(group, 'GroupSerialID');
  assert.match(udidOfDisk(group, 'boot1'), new RegExp(`^03${serial}\\.\\d+$`));
  assert.equal(value(group, 'UniqueDeviceID'), `04${serial}`);
  assert.equal(value(group, 'FreeSpace'), '1013.5');
  assert.notEqual(answer.headers.etag, read.headers.etag);
  refusal(await api.post(dataGroup, body, { 'If-Match': String(read.headers.etag) }), 412);
});

test('a disk grows, never shrinks, and goes when it is left out', async (t) => {
  const api = await Api.start(t);
  const { dataGroup } = await aVios(api);
  await createdDisk(api, dataGroup, 'vol', '2.000000');
  const resize = async (to: string) =>
    api.post(
      dataGroup,
      objectText(await api.get(dataGroup)).replace(/>[\d.]+<\/DiskCapacity>/, `>${to}</DiskCapacity>`),
    );
  const grown = objectOf(await resize('3.500000'));
  assert.equal(value(grown, 'VirtualDisks', 'VirtualDisk', 'DiskCapacity'), '3.5');
  assert.match(refusal(await resize('1.000000'), 400), /cannot shrink/);
  const without = objectText(await api.get(dataGroup)).replace(/<VirtualDisk .*<\/VirtualDisk>/, '');
  const emptied = objectOf(await api.post(dataGroup, without));
  assert.equal(descendants(emptied, 'VirtualDisk').length, 0);
  assert.equal(value(emptied, 'FreeSpace'), '1024');
});

test('a disk made from a base image holds a copy of its bytes', async (t) => {
  const api = await Api.start(t);
  const { id, dataGroup } = await aVios(api);
  const base = await createdDisk(api, dataGroup, 'golden', '1.000000');
  const image = Buffer.alloc(200_000, 'golden image ');
  const file = { name: 'golden', type: 'BROKERED_DISK_IMAGE', vios: id, device: base, size: image.length };
  assert.equal((await uploaded(api, file, image)).status, 204);
  const body = objectText(await api.get(dataGroup)).replace(
    '</VirtualDisks>',
    `${diskElement('copy', '2.000000', base)}</VirtualDisks>`,
  );
  const copy = udidOfDisk(objectOf(await api.post(dataGroup, body)), 'copy');
  assert.deepEqual(await bytesOf(api, copy, image.length), image);
  const unknown = body.replaceAll('copy', 'other').replace(`<uom:BaseImage>${base}`, '<uom:BaseImage>0300.1');
  assert.match(refusal(await api.post(dataGroup, unknown), 400), /BaseImage/);
});

test('names, labels and room are checked, and nothing is half done', async (t) => {
  const api = await Api.start(t);
  const { dataGroup } = await aVios(api);
  await createdDisk(api, dataGroup, 'taken');
  const text = objectText(await api.get(dataGroup));
  const add = (element: string) =>
    api.post(dataGroup, text.replace('</VirtualDisks>', `${element}</VirtualDisks>`));
  assert.match(refusal(await add(diskElement('taken', '1.0')), 409), /already has/);
  assert.match(refusal(await add(diskElement('a-name-of-16-chr', '1.0')), 400), /disk name/);
  assert.match(refusal(await add(diskElement('huge', '5000.0')), 409), /1024 GB/);
  const unlabelled = diskElement('nolabel', '1.0').replace(/<uom:DiskLabel>.*?<\/uom:DiskLabel>/, '');
  assert.match(refusal(await add(unlabelled), 400), /DiskLabel/);
  refusal(await add(diskElement('fine', '1.0') + diskElement('huge', '5000.0')), 409);
  assert.equal(descendants(objectOf(await api.get(dataGroup)), 'VirtualDisk').length, 1);
});

test('a mapped disk cannot be deleted', async (t) => {
  const api = await Api.start(t);
  const { path, dataGroup } = await aVios(api);
  await createdDisk(api, dataGroup, 'boot');
  const partition = await createdPartition(api, 'vm');
  await mapDisk(api, path, partition.id, 'boot');
  const without = objectText(await api.get(dataGroup)).replace(/<VirtualDisk .*<\/VirtualDisk>/, '');
  assert.match(refusal(await api.post(dataGroup, without), 409), /vhost0/);
});

test('VOPT: a VIOS has one media repository; media come and go with it', async (t) => {
  const api = await Api.start(t);
  const { dataGroup, rootGroup } = await aVios(api);
  const root = objectOf(await withRepository(api, rootGroup));
  assert.equal(value(root, 'MediaRepositories', 'VirtualMediaRepository', 'RepositorySize'), '1');
  assert.equal(value(root, 'FreeSpace'), '1023');
  const second = await withRepository(api, dataGroup);
  assert.match(refusal(second, 409), /rootvg/);
});

test('a volume group is made of free disks, grows by more of them, and goes when it is empty', async (t) => {
  const api = await Api.start(t);
  const { path } = await aVios(api);
  const create = (name: string, volume: string) =>
    api.put(
      `${path}/VolumeGroup`,
      object('VolumeGroup', [
        leaf('GroupName', name),
        `<uom:PhysicalVolumes><uom:PhysicalVolume>${leaf('VolumeName', volume)}</uom:PhysicalVolume></uom:PhysicalVolumes>`,
      ]),
    );
  const group = objectOf(await create('extra', 'hdisk2'));
  assert.equal(value(group, 'GroupCapacity'), '100');
  assert.match(refusal(await create('more', 'hdisk2'), 409), /extra/);
  assert.match(refusal(await create('datavg', 'hdisk2'), 409), /already has/);
  assert.match(refusal(await create('more', 'hdisk77'), 400), /hdisk77/);
  const groupPath = `${path}/VolumeGroup/${idOf(group)}`;
  await createdDisk(api, groupPath, 'held');
  assert.match(refusal(await api.delete(groupPath), 409), /1 disks/);
  const without = objectText(await api.get(groupPath)).replace(/<VirtualDisk .*<\/VirtualDisk>/, '');
  await api.post(groupPath, without);
  assert.equal((await api.delete(groupPath)).status, 204);
  assert.equal((await create('again', 'hdisk2')).status, 200);
});
