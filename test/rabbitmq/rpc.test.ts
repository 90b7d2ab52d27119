import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import {
  Broker,
  type Endpoint,
  OsloConfig,
  OsloError,
  parseTransportUrl,
  RemoteError,
  RpcClient,
  RpcFailure,
  RpcServer,
  readMessagingOptions,
} from '@openstack-powervm/oslo';
import { Connection } from 'rabbitmq-client';
import { missing, PrivateBroker } from './private-broker.js';
import { openBroker, openPair, waitFor } from './rpc-pair.js';

const EXCHANGE = 'neutron';
const VERSION = { version: '1.0' };

const endpoint: Endpoint = {
  version: '1.4',
  methods: {
    echo: (args) => args,
    sum: ({ a, b }) => Number(a) + Number(b),
    nothing: () => {},
    fail: () => {
      throw new RpcFailure('NetworkNotFound', 'neutron_lib.exceptions', 'Network n1 could not be found.');
    },
    never: async (_args, { signal }) => {
      await once(signal, 'abort');
    },
  },
};

const withCode = (code: string) => (error: unknown) => error instanceof OsloError && error.code === code;

describe('oslo.messaging over a real RabbitMQ', { skip: missing }, () => {
  let rabbit: PrivateBroker;

  before(async () => {
    rabbit = await PrivateBroker.start();
  });
  after(async () => {
    await rabbit?.[Symbol.asyncDispose]();
  });

  const open = () => openBroker(rabbit.url);
  const pair = (topic: string) => openPair(topic, endpoint, open);

  /** An administrator with a client of his own. */
  async function administrator(work: (connection: Connection) => Promise<unknown>): Promise<void> {
    const connection = new Connection({ url: rabbit.url.replace('rabbit:', 'amqp:') });
    try {
      await work(connection);
    } finally {
      await connection.close();
    }
  }

  test('a call returns the result, to any server of the topic and to the server of one host', async () => {
    await using both = await pair('t-call');
    assert.equal(await both.client.call('t-call', 'sum', { a: 2, b: 3 }, VERSION), 5);
    assert.equal(await both.client.call('t-call', 'sum', { a: 2, b: 4 }, { ...VERSION, server: 'host1' }), 6);
    assert.equal(await both.client.call('t-call', 'nothing', {}, { version: '1.4' }), null);
  });

  test('a thousand concurrent calls each get their own answer', async () => {
    await using both = await pair('t-many');
    const numbers = Array.from({ length: 1000 }, (_, n) => n);
    const sums = await Promise.all(
      numbers.map((n) => both.client.call('t-many', 'sum', { a: n, b: 1 }, VERSION)),
    );
    assert.deepEqual(
      sums,
      numbers.map((n) => n + 1),
    );
  });

  test('a message larger than a frame arrives whole', async () => {
    await using both = await pair('t-large');
    const args = { text: 'ä'.repeat(400_000) };
    assert.deepEqual(await both.client.call('t-large', 'echo', args, VERSION), args);
  });

  test('a remote exception keeps class, module and message', async () => {
    await using both = await pair('t-fail');
    await assert.rejects(both.client.call('t-fail', 'fail', {}, VERSION), (error) => {
      assert.ok(error instanceof RemoteError);
      assert.equal(error.code, 'OSLO_RPC_REMOTE');
      assert.equal(error.failure.className, 'NetworkNotFound');
      assert.match(error.message, /call fail on topic t-fail was refused: NetworkNotFound: Network n1/);
      return true;
    });
  });

  test('unknown method and version are refused as the stock dispatcher refuses them', async () => {
    await using both = await pair('t-refuse');
    const className = (name: string) => (error: unknown) =>
      error instanceof RemoteError && error.failure.className === name;
    await assert.rejects(both.client.call('t-refuse', 'toString', {}, VERSION), className('NoSuchMethod'));
    for (const wrong of [{ version: '1.5' }, { version: '2.0' }, { version: '1.0', namespace: 'x' }])
      await assert.rejects(both.client.call('t-refuse', 'echo', {}, wrong), className('UnsupportedVersion'));
  });

  test('a call that nobody answers ends at its own time limit, or when it is abandoned', async () => {
    await using both = await pair('t-late');
    const call = both.client.call('t-late', 'never', {}, { ...VERSION, timeoutMs: 100 });
    await assert.rejects(call, withCode('OSLO_RPC_TIMEOUT'));
    const controller = new AbortController();
    const abandoned = both.client.call('t-late', 'never', {}, { ...VERSION, signal: controller.signal });
    controller.abort();
    await assert.rejects(abandoned, withCode('OSLO_ABORTED'));
  });

  test('a mandatory call to a topic without queues fails at once', async () => {
    await using both = await pair('t-here');
    const call = both.client.call('t-nowhere', 'echo', {}, { ...VERSION, mandatory: true });
    await assert.rejects(call, withCode('OSLO_RPC_NO_LISTENER'));
  });

  test('a fan-out reaches every server, a cast one of them', async () => {
    const heard: string[] = [];
    const brokers = [open(), open(), open()];
    const [sender, ...receivers] = brokers;
    assert.ok(sender);
    const hearing = new EventEmitter();
    const allHeard = once(hearing, 'all');
    const note = (host: string): Endpoint => ({
      version: '1.0',
      methods: {
        note: ({ text }) => {
          heard.push(`${host} ${text}`);
          if (heard.length === 3) hearing.emit('all');
        },
      },
    });
    const servers = receivers.map(
      (broker, n) => new RpcServer(broker, { topic: 't-fan', host: `h${n}`, endpoints: [note(`h${n}`)] }),
    );
    await Promise.all(servers.map((server) => server.start()));
    const client = new RpcClient(sender, { responseTimeoutMs: 10_000 });
    await client.fanout('t-fan', 'note', { text: 'all' }, VERSION);
    await client.cast('t-fan', 'note', { text: 'one' }, { ...VERSION, server: 'h1' });
    await allHeard;
    assert.deepEqual(heard.sort(), ['h0 all', 'h1 all', 'h1 one']);
    await client.close();
    await Promise.all(servers.map((server) => server.close()));
    await Promise.all(brokers.map((broker) => broker.close()));
  });

  test('a deleted queue and a deleted exchange are declared again', async () => {
    await using both = await pair('t-deleted');
    const again = waitFor((event) => event.kind === 'consuming' && event.queue === 't-deleted');
    await administrator((connection) => connection.queueDelete('t-deleted'));
    await again;
    assert.equal(await both.client.call('t-deleted', 'sum', { a: 1, b: 1 }, VERSION), 2);

    await administrator((connection) => connection.exchangeDelete({ exchange: EXCHANGE }));
    // The exchange took its bindings along. The caller declares the exchange; the server binds when it consumes again.
    const bound = waitFor((event) => event.kind === 'consuming' && event.queue === 't-deleted');
    await administrator((connection) => connection.queueDelete('t-deleted'));
    await bound;
    assert.equal(await both.client.call('t-deleted', 'sum', { a: 1, b: 2 }, VERSION), 3);
  });

  test('a restarted broker: the call in flight ends at once, later ones work, also the fan-out', async () => {
    await using both = await pair('t-restart');
    const inFlight = both.client.call('t-restart', 'never', {}, { ...VERSION, timeoutMs: 60_000 });
    const interrupted = assert.rejects(inFlight, withCode('OSLO_RPC_INTERRUPTED'));
    await both.client.call('t-restart', 'sum', { a: 1, b: 1 }, VERSION);
    const back = waitFor((event) => event.kind === 'consuming' && event.queue === 't-restart');
    const fanoutBack = waitFor(
      (event) => event.kind === 'consuming' && event.queue.startsWith('t-restart_fanout_'),
    );
    await rabbit.down();
    await interrupted;
    // Sent while there is no broker: it waits for one.
    const early = both.client.cast('t-restart', 'nothing', {}, { ...VERSION, timeoutMs: 60_000 });
    await rabbit.up();
    await back;
    await early;
    assert.equal(await both.client.call('t-restart', 'sum', { a: 2, b: 2 }, VERSION), 4);
    await fanoutBack;
    const refused = waitFor((event) => event.kind === 'dropped' && event.reason.includes('NOT a method'));
    await both.client.fanout('t-restart', 'NOT a method', {}, VERSION);
    await refused;
  });

  test('without a broker a call ends at its limit with the reason', async () => {
    const options = readMessagingOptions(new OsloConfig(), EXCHANGE);
    const url = parseTransportUrl('rabbit://guest:secret@127.0.0.1:1/');
    const broker = new Broker({ ...options, url }, 'test');
    const client = new RpcClient(broker, { responseTimeoutMs: 200 });
    await assert.rejects(client.cast('t', 'echo', {}, VERSION), (error) => {
      assert.ok(error instanceof OsloError);
      assert.equal(error.code, 'OSLO_RPC_UNREACHABLE');
      assert.match(error.message, /ECONNREFUSED/);
      assert.doesNotMatch(error.message, /secret/);
      return true;
    });
    await client.close();
    await broker.close();
  });

  test('sequential calls are not delayed by Nagle’s algorithm', async (context) => {
    await using both = await pair('t-latency');
    const times: number[] = [];
    for (let n = 0; n < 200; n += 1) {
      const started = performance.now();
      await both.client.call('t-latency', 'nothing', {}, VERSION);
      times.push(performance.now() - started);
    }
    const median = times.sort((a, b) => a - b)[100] ?? Number.NaN;
    context.diagnostic(`median of 200 sequential calls: ${median.toFixed(2)} ms`);
  });
});
