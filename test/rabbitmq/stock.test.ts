import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import {
  Broker,
  OsloConfig,
  parseTransportUrl,
  RemoteError,
  RpcClient,
  RpcServer,
  readMessagingOptions,
} from '@openstack-powervm/oslo';
import { missing, PrivateBroker } from './private-broker.js';
import { missingStock, StockPeer } from './stock-messaging.js';

const skip = missing ?? missingStock;

describe('the real oslo.messaging as the other side', { skip }, () => {
  let rabbit: PrivateBroker;
  let broker: Broker;

  before(async () => {
    rabbit = await PrivateBroker.start();
    const options = readMessagingOptions(new OsloConfig(), 'neutron');
    broker = new Broker({ ...options, url: parseTransportUrl(rabbit.url) }, 'test');
  });
  after(async () => {
    await broker?.close();
    await rabbit?.[Symbol.asyncDispose]();
  });

  test('our client calls a stock server', async () => {
    await using server = StockPeer.server(rabbit.url);
    assert.equal(await server.next(), 'ready');
    const client = new RpcClient(broker, { responseTimeoutMs: 20_000 });
    const version = { version: '1.2' };
    const args = { text: 'grün', list: [1, null, { deep: true }] };
    assert.deepEqual(await client.call('stock', 'echo', args, version), { args, is_admin: true });
    const toHost = await client.call('stock', 'echo', {}, { ...version, server: 'py' });
    assert.deepEqual(toHost, { args: {}, is_admin: true });

    const refused = (className: string) => (error: unknown) =>
      error instanceof RemoteError && error.failure.className === className;
    await assert.rejects(client.call('stock', 'fail', {}, version), refused('ValueError'));
    await assert.rejects(client.call('stock', 'missing', {}, version), refused('NoSuchMethod'));
    await assert.rejects(client.call('stock', 'echo', {}, { version: '1.4' }), refused('UnsupportedVersion'));

    await client.fanout('stock', 'note', { text: 'to all' }, version);
    assert.deepEqual(await server.next(), { noted: 'to all' });
    await client.cast('stock', 'note', { text: 'to one' }, version);
    assert.deepEqual(await server.next(), { noted: 'to one' });
    await client.close();
  });

  test('a stock client calls our server', async () => {
    const notes: unknown[] = [];
    const hearing = new EventEmitter();
    const heard = once(hearing, 'both');
    const server = new RpcServer(broker, {
      topic: 'ours',
      host: 'node',
      endpoints: [
        {
          version: '1.1',
          methods: {
            sum: ({ a, b }) => Number(a) + Number(b),
            fail: () => {
              throw new Error('out of order');
            },
            note: ({ text }, { context }) => {
              notes.push([text, context['is_admin']]);
              if (notes.length === 2) hearing.emit('both');
              return undefined;
            },
          },
        },
      ],
    });
    await server.start();
    await using client = StockPeer.client(rabbit.url);
    assert.equal(await client.next(), 5);
    assert.equal(await client.next(), 23);
    assert.deepEqual(await client.next(), [
      'remote',
      'NoSuchMethod',
      'Endpoint does not support RPC method missing',
    ]);
    assert.deepEqual(await client.next(), ['builtin', 'out of order']);
    assert.equal(await client.next(), 'done');
    await heard;
    assert.deepEqual(notes.sort(), [
      ['to all', true],
      ['to one', undefined],
    ]);
    await server.close();
  });
});
