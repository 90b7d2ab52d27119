import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { defaultSystem } from '../site/default-site.js';
import { parseSite } from '../site/parse-site.js';
import { Api, objectOf, objectsOf, refusal, value } from '../testing/api.js';
import { fileBody } from '../testing/bodies.js';
import { siteWithRepository } from '../testing/sites.js';
import { aVios, createdDisk, descendants, uploaded } from '../testing/steps.js';

const image = Buffer.concat([Buffer.alloc(100_000, 'head'), Buffer.alloc(400_000), Buffer.from('tail')]);

test('an uploaded image is read back from the disk byte for byte, the rest as zeros', async (t) => {
  const api = await Api.start(t);
  const { id, dataGroup } = await aVios(api);
  const device = await createdDisk(api, dataGroup, 'boot', '0.001000');
  const sha256 = createHash('sha256').update(image).digest('hex').toUpperCase();
  const file = { name: 'boot', type: 'BROKERED_DISK_IMAGE', vios: id, device, size: image.length, sha256 };
  assert.equal((await uploaded(api, file, image)).status, 204);
  const content = await fetch(`${api.simulator.url}/simulator/disks/${device}/content`);
  const bytes = Buffer.from(await content.arrayBuffer());
  assert.equal(bytes.length, Math.ceil((0.001 * 1024 ** 3) / 512) * 512);
  assert.ok(bytes.subarray(0, image.length).equals(image));
  assert.ok(bytes.subarray(image.length).every((byte) => byte === 0));
  const disk = api.simulator
    .inspect()
    .systems.flatMap((system) => system.vioses)
    .flatMap((vios) => vios.volumeGroups)
    .flatMap((group) => group.disks)
    .find((candidate) => candidate.udid === device);
  assert.ok((disk?.content?.writtenBytes ?? 0) < image.length);
});

test('wrong size, wrong checksum and too many bytes are refused', async (t) => {
  const api = await Api.start(t);
  const { id, dataGroup } = await aVios(api);
  const device = await createdDisk(api, dataGroup, 'boot', '0.001000');
  const send = (more: object, bytes: Uint8Array) =>
    uploaded(api, { name: 'boot', type: 'BROKERED_DISK_IMAGE', vios: id, device, ...more }, bytes);
  const checked = async (answer: ReturnType<typeof send>, pattern: RegExp): Promise<void> => {
    const { status, text } = await answer;
    assert.equal(status, 400);
    assert.match(text, pattern);
  };
  await checked(send({ size: 5 }, Buffer.from('123456')), /5 were announced/);
  await checked(send({ sha256: 'ab' }, Buffer.from('123456')), /SHA-256/);
  await checked(send({}, Buffer.alloc(2_000_000)), /too large/);
});

test('an uploaded ISO becomes optical media of the VIOS', async (t) => {
  const api = await Api.start(t, { site: siteWithRepository() });
  const { id, rootGroup } = await aVios(api);
  const file = { name: 'cfg_vm1', type: 'BROKERED_MEDIA_ISO', vios: id, size: image.length };
  assert.equal((await uploaded(api, file, image)).status, 204);
  const [medium] = descendants(objectOf(await api.get(rootGroup)), 'VirtualOpticalMedia');
  assert.ok(medium !== undefined);
  assert.equal(value(medium, 'MediaName'), 'cfg_vm1');
  assert.equal(value(medium, 'MediaUDID'), '0ecfg_vm1');
  const content = await fetch(`${api.simulator.url}/simulator/disks/0ecfg_vm1/content`);
  assert.ok(Buffer.from(await content.arrayBuffer()).equals(image));
  const again = await uploaded(api, file, image);
  assert.equal(again.status, 409);
});

test('a broken ISO upload leaves no media', async (t) => {
  const api = await Api.start(t, { site: siteWithRepository() });
  const { id, rootGroup } = await aVios(api);
  await uploaded(api, { name: 'cfg', type: 'BROKERED_MEDIA_ISO', vios: id, size: 1 }, image);
  assert.equal(descendants(objectOf(await api.get(rootGroup)), 'VirtualOpticalMedia').length, 0);
  assert.equal((await fetch(`${api.simulator.url}/simulator/disks/0ecfg`)).status, 404);
});

test('descriptors are listed, deleted and limited', async (t) => {
  const api = await Api.start(t, {
    site: parseSite({ systems: [defaultSystem('sim1')], limits: { files: 2 } }),
  });
  const { id } = await aVios(api);
  assert.equal((await api.get('web/File')).status, 204);
  const create = (name: string) =>
    api.put('web/File', fileBody({ name, type: 'BROKERED_MEDIA_ISO', vios: id }));
  const first = value(objectOf(await create('one')), 'FileUUID');
  await create('two');
  assert.match(refusal(await create('three'), 409), /2 file descriptors/);
  assert.equal(objectsOf(await api.get('web/File')).length, 2);
  assert.equal((await api.delete(`web/File/${first}`)).status, 204);
  refusal(await api.delete(`web/File/${first}`), 404);
  assert.equal((await create('three')).status, 200);
});

test('a descriptor needs a VIOS, a known type and, for disk images, a device', async (t) => {
  const api = await Api.start(t);
  const { id } = await aVios(api);
  const create = (options: { type: string; vios: string; device?: string }) =>
    api.put('web/File', fileBody({ name: 'x', ...options }));
  refusal(await create({ type: 'BROKERED_MEDIA_ISO', vios: '00000000-0000-4000-8000-000000000000' }), 404);
  refusal(await create({ type: 'COORDINATED', vios: id }), 400);
  assert.match(
    refusal(await create({ type: 'BROKERED_DISK_IMAGE', vios: id }), 400),
    /TargetDeviceUniqueDeviceID/,
  );
  assert.match(refusal(await create({ type: 'BROKERED_DISK_IMAGE', vios: id, device: '0300' }), 400), /0300/);
});
