import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PlugQueue } from './plug-queue.js';
import type { PlugRequest } from './plug-request.js';

const PARTITION = '0C5A2F5E-9D1F-4B6E-8A39-6F1F0A3C9D11';

const request = (
  action: PlugRequest['action'],
  mac = 'AABBCCDDEE00',
  partition = PARTITION,
): PlugRequest => ({
  action,
  mac,
  partition,
});

test('EVR-3 a newer request replaces an older one about the same interface, whatever the action', () => {
  const queue = new PlugQueue();
  queue.add(request('plug'), request('plug', 'AABBCCDDEE01'));
  queue.add(request('unplug', 'AABBCCDDEE00', PARTITION.toLowerCase()));
  assert.deepEqual(
    queue.takeAll().map(({ action, mac }) => `${action} ${mac}`),
    ['unplug AABBCCDDEE00', 'plug AABBCCDDEE01'],
  );
  assert.equal(queue.size, 0);
});

test('EVR-3 the same MAC on another partition is another interface', () => {
  const queue = new PlugQueue();
  queue.add(request('plug'), request('plug', 'AABBCCDDEE00', PARTITION.replace('0C', '1C')));
  assert.equal(queue.size, 2);
});

test('EVR-3 a request that comes back after a failure does not replace a newer one', () => {
  const queue = new PlugQueue();
  queue.add(request('unplug'));
  queue.addOlder([request('plug')]);
  assert.deepEqual(queue.takeAll(), [request('unplug')]);
});

test('EVR-1 everything listed anew replaces plug requests and leaves unplug requests', () => {
  const queue = new PlugQueue();
  queue.add(request('plug'), request('unplug', 'AABBCCDDEE01'));
  queue.replacePlugs([request('plug', 'AABBCCDDEE01'), request('plug', 'AABBCCDDEE02')]);
  assert.deepEqual(
    queue.takeAll().map(({ action, mac }) => `${action} ${mac}`),
    ['unplug AABBCCDDEE01', 'plug AABBCCDDEE02'],
  );
});

test('G07 an interface that is unplugged while older facts are acted upon is marked down again afterwards', async () => {
  const queue = new PlugQueue();
  await queue.during(async () => {
    queue.add(request('unplug'), request('unplug', 'AABBCCDDEE01'), request('unplug', 'AABBCCDDEE02'));
    queue.add(request('plug', 'AABBCCDDEE01'));
    queue.takeAll();
    return [request('plug'), request('plug', 'AABBCCDDEE01')];
  });
  assert.deepEqual(
    queue.takeAll(),
    [request('unplug')],
    'not the one plugged again, nor one of another pass',
  );
});

test('AGT-5 a port that Neutron changes while its request is carried out is looked up again, unless there is news of it', async () => {
  const queue = new PlugQueue();
  await queue.during(async () => {
    for (const mac of ['AABBCCDDEE00', 'AABBCCDDEE01', 'AABBCCDDEE02']) queue.portChanged(mac);
    queue.add(request('unplug', 'AABBCCDDEE01'));
    return [request('plug'), request('plug', 'AABBCCDDEE01')];
  });
  assert.deepEqual(queue.takeAll(), [request('unplug', 'AABBCCDDEE01'), request('plug')]);
  queue.portChanged('AABBCCDDEE00');
  assert.equal(queue.size, 0);
});

test('AGT-6 a pass that fails leaves its requests to whoever began it', async () => {
  const queue = new PlugQueue();
  const pass = queue.during(async () => {
    queue.portChanged('AABBCCDDEE00');
    throw new Error('the bus is away');
  });
  await assert.rejects(pass, /the bus is away/);
  assert.equal(queue.size, 0);
});
