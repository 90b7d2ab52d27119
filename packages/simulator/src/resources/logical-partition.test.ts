import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childElements } from '@openstack-powervm/atom';
import { Api, idOf, objectOf, objectsOf, objectText, refusal, value } from '../testing/api.js';
import { leaf, partitionBody } from '../testing/bodies.js';
import { finishedJob, poweredOn } from '../testing/steps.js';

test('SPAWN: a created partition comes back whole, with id, UUID and state', async (t) => {
  const api = await Api.start(t);
  const answer = await api.put('uom/LogicalPartition', partitionBody('demo1'), {
    'Content-Type': 'application/vnd.ibm.powervm.uom+xml; type=LogicalPartition',
  });
  const partition = objectOf(answer);
  assert.match(idOf(partition), /^[0-7][0-9A-F-]{35}$/);
  assert.equal(value(partition, 'PartitionUUID'), idOf(partition));
  assert.equal(value(partition, 'PartitionState'), 'not activated');
  assert.equal(value(partition, 'ResourceMonitoringControlState'), 'inactive');
  assert.equal(value(partition, 'PartitionMemoryConfiguration', 'DesiredMemory'), '1024');
  assert.equal(answer.headers.etag, (await api.get(`uom/LogicalPartition/${idOf(partition)}`)).headers.etag);
});

test('ids are the lowest free ones and are used again', async (t) => {
  const api = await Api.start(t);
  const create = async (name: string) => objectOf(await api.put('uom/LogicalPartition', partitionBody(name)));
  const taken = new Set(
    api.simulator.inspect().systems.flatMap((s) => [...s.partitions, ...s.vioses].map((p) => p.id)),
  );
  const first = await create('one');
  const lowest = Number(value(first, 'PartitionID'));
  assert.ok(!taken.has(lowest));
  for (let id = 1; id < lowest; id += 1) assert.ok(taken.has(id));
  await create('two');
  assert.equal((await api.delete(`uom/LogicalPartition/${idOf(first)}`)).status, 204);
  assert.equal(value(await create('three'), 'PartitionID'), String(lowest));
});

test('a client may choose the UUID when its first digit is 0 to 7 and nobody has it', async (t) => {
  const api = await Api.start(t);
  const create = (name: string, uuid: string) =>
    api.put('uom/LogicalPartition', partitionBody(name, { PartitionType: leaf('PartitionUUID', uuid) }));
  const uuid = '2F0E9C3A-1111-4222-8333-944455556666';
  assert.equal(idOf(objectOf(await create('mine', uuid))), uuid);
  refusal(await create('again', uuid), 409);
  refusal(await create('high', `F${uuid.slice(1)}`), 400);
});

test('mandatory elements, their order and unknown ones are checked', async (t) => {
  const api = await Api.start(t);
  const create = (body: string) => api.put('uom/LogicalPartition', body);
  const body = partitionBody('checked');
  const without = (name: string): string => body.replace(new RegExp(`<uom:${name}>.*?</uom:${name}>`), '');
  for (const name of [
    'PartitionName',
    'PartitionType',
    'DesiredMemory',
    'MaximumVirtualIOSlots',
    'SharingMode',
  ]) {
    assert.match(refusal(await create(without(name)), 400), new RegExp(name));
  }
  const swapped = body.replace(/(<uom:AllowPerf.*?)(<uom:Availability.*?>127<[^>]*>)/, '$2$1');
  assert.match(
    refusal(await create(swapped), 400),
    /AllowPerformanceDataCollection must come before AvailabilityPriority/,
  );
  const unknown = partitionBody('checked', { PartitionType: leaf('Colour', 'blue') });
  assert.match(refusal(await create(unknown), 400), /unexpected element Colour/);
  refusal(await create(body.slice(0, -5)), 400);
  refusal(await create(''), 400);
  assert.match(refusal(await create(body.replace('>127<', '>high<')), 400), /AvailabilityPriority/);
});

test('rules of the platform are enforced', async (t) => {
  const api = await Api.start(t);
  const create = (name: string, from: string, to: string) =>
    api.put('uom/LogicalPartition', partitionBody(name).replace(from, to));
  assert.match(refusal(await create('a', 'DesiredMemory>1024', 'DesiredMemory>1000'), 400), /multiple/);
  assert.match(
    refusal(await create('a', 'MinimumMemory>512', 'MinimumMemory>2048'), 400),
    /not in this order/,
  );
  assert.match(
    refusal(await create('a', 'DesiredVirtualProcessors>1', 'DesiredVirtualProcessors>11'), 400),
    /order/,
  );
  assert.match(refusal(await create('a', '>default<', '>POWER4<'), 400), /POWER4/);
  assert.match(refusal(await create('a', '>64</uom:Max', '>1</uom:Max'), 400), /Slots/);
  assert.match(refusal(await create('novalink', '', ''), 409), /novalink/);
  assert.match(refusal(await create('x'.repeat(32), '', ''), 400), /partition name/);
});

test('an update renames and resizes; a stale ETag is answered 412; without If-Match it passes', async (t) => {
  const api = await Api.start(t);
  const created = await api.put('uom/LogicalPartition', partitionBody('before'));
  const path = `uom/LogicalPartition/${idOf(objectOf(created))}`;
  const read = await api.get(`${path}?group=None`);
  const edited = objectText(read).replace('>before<', '>after<').replace('>1024</Des', '>1536</Des');
  const answer = await api.post(`${path}?group=None`, edited, { 'If-Match': String(read.headers.etag) });
  assert.equal(value(objectOf(answer), 'PartitionName'), 'after');
  assert.equal(value(objectOf(answer), 'PartitionMemoryConfiguration', 'CurrentMemory'), '1536');
  assert.notEqual(answer.headers.etag, read.headers.etag);
  refusal(await api.post(`${path}?group=None`, edited, { 'If-Match': String(read.headers.etag) }), 412);
  assert.equal((await api.post(`${path}?group=None`, edited)).status, 200);
  refusal(await api.delete(path, { 'If-Match': String(read.headers.etag) }), 412);
  assert.equal((await api.delete(path, { 'If-Match': String(answer.headers.etag) })).status, 204);
  refusal(await api.get(path), 404);
});

test('an ETag survives what changes by itself', async (t) => {
  const api = await Api.start(t);
  const novalink = api.simulator.inspect().systems[0]?.partitions[0];
  const path = `uom/LogicalPartition/${novalink?.uuid}`;
  const first = await api.get(path);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const second = await api.get(path);
  assert.equal(second.headers.etag, first.headers.etag);
  assert.notEqual(value(objectOf(second), 'Uptime'), value(objectOf(first), 'Uptime'));
});

test('a running partition is neither deleted nor resized without RMC, unless forced', async (t) => {
  const api = await Api.start(t);
  const { path, id } = await poweredOn(api, 'busy');
  assert.match(refusal(await api.delete(path), 409), /HSCL05DF/);
  const body = objectText(await api.get(path)).replace('>1024</Des', '>1280</Des');
  assert.match(refusal(await api.post(path, body), 409), /RMC/);
  const forced = objectOf(await api.post(`${path}?force=true`, body));
  assert.equal(value(forced, 'PartitionMemoryConfiguration', 'RuntimeMemory'), '1280');
  assert.match(
    refusal(await api.post(`${path}?force=true`, body.replace('>2048</Max', '>4096</Max')), 409),
    /maximum/,
  );
  await finishedJob(api, 'LogicalPartition', id, 'PowerOff', { operation: 'shutdown', immediate: 'true' });
  assert.equal((await api.delete(path)).status, 204);
});

test('NVRAM is only there when asked for, and can be written back', async (t) => {
  const api = await Api.start(t);
  const id = idOf(objectOf(await api.put('uom/LogicalPartition', partitionBody('nv'))));
  const path = `uom/LogicalPartition/${id}`;
  const plain = objectOf(await api.get(path));
  assert.ok(childElements(plain).every((child) => child.local !== 'PartitionNVRAM'));
  const read = await api.get(`${path}?group=NVRAM`);
  const nvram = value(objectOf(read), 'PartitionNVRAM');
  assert.ok(nvram.length > 15_000);
  const posted = await api.post(`${path}?group=NVRAM`, objectText(read).replace(nvram, 'c2F2ZWQ='), {
    'If-Match': String(read.headers.etag),
  });
  assert.equal(value(objectOf(posted), 'PartitionNVRAM'), 'c2F2ZWQ=');
});

test('memory that partitions hold is missing from what the system has', async (t) => {
  const api = await Api.start(t);
  const available = async (): Promise<number> =>
    Number(
      value(
        objectOf(await api.get('uom/ManagedSystem')),
        'AssociatedSystemMemoryConfiguration',
        'CurrentAvailableSystemMemory',
      ),
    );
  const before = await available();
  await api.put('uom/LogicalPartition', partitionBody('eater'));
  // 1024 MB and 2048/64 MB of page table, rounded up to the block of 256 MB.
  assert.equal(before - (await available()), 1024 + 256);
  const feed = objectsOf(await api.get('uom/ManagedSystem'));
  assert.equal(feed.length, 1);
});
