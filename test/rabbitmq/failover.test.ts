import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Endpoint, OsloError } from '@openstack-powervm/oslo';
import { missing, PrivateBroker } from './private-broker.js';
import { openBroker, openPair, type RpcPair, waitFor } from './rpc-pair.js';
import { UnreliableLine } from './unreliable-line.js';

const VERSION = { version: '1.0' };
/** Errors after which a caller may ask again. */
const RETRIABLE = ['OSLO_RPC_INTERRUPTED', 'OSLO_RPC_TIMEOUT', 'OSLO_RPC_UNREACHABLE'];

/** Counts how often each numbered request is executed. */
class Counter {
  readonly executed = new Map<number, number>();
  readonly #growth = new EventEmitter();
  readonly endpoint: Endpoint = {
    version: '1.0',
    methods: {
      count: ({ n }) => {
        const number = Number(n);
        this.executed.set(number, (this.executed.get(number) ?? 0) + 1);
        this.#growth.emit('more');
        return number;
      },
      never: async (_args, { signal }) => {
        await once(signal, 'abort');
      },
    },
  };

  /** Resolves when that many different requests have been executed. */
  async reaches(size: number): Promise<void> {
    while (this.executed.size < size) await once(this.#growth, 'more');
  }

  get repeated(): number[] {
    return [...this.executed].filter(([, times]) => times > 1).map(([n]) => n);
  }
}

/** Calls until there is an answer, as an agent does. */
async function callUntilAnswered({ client }: RpcPair, topic: string, n: number): Promise<number> {
  for (let failures = 0; ; failures += 1) {
    try {
      assert.equal(await client.call(topic, 'count', { n }, { ...VERSION, timeoutMs: 2000 }), n);
      return failures;
    } catch (error) {
      if (!(error instanceof OsloError) || !RETRIABLE.includes(error.code)) throw error;
    }
  }
}

describe('a RabbitMQ cluster that loses a node', { skip: missing }, () => {
  let first: PrivateBroker;
  let second: PrivateBroker;

  before(async () => {
    first = await PrivateBroker.start();
    second = await PrivateBroker.start({ joins: first });
  });
  after(async () => {
    await second?.[Symbol.asyncDispose]();
    await first?.[Symbol.asyncDispose]();
  });

  const url = () => `rabbit://guest:guest@127.0.0.1:${first.port},127.0.0.1:${second.port}/`;
  const open = () => openBroker(url());

  test('messages pass between a client on one node and a server on the other', async () => {
    const counter = new Counter();
    const brokers = [openBroker(second.url), openBroker(first.url)];
    await using pair = await openPair('t-cluster', counter.endpoint, () => brokers.pop() ?? open());
    assert.equal(await pair.client.call('t-cluster', 'count', { n: 7 }, VERSION), 7);
  });

  test('each node is killed in turn during calls: every call is answered in the end', async (context) => {
    const counter = new Counter();
    const topic = 't-failover';
    await using pair = await openPair(topic, counter.endpoint, open);
    let next = 0;
    let failures = 0;
    for (const node of [first, second]) {
      let killed = false;
      const callers = Array.from({ length: 20 }, async () => {
        // Every caller goes on for a while after the loss.
        for (let left = 50; left > 0; left -= killed ? 1 : 0) {
          next += 1;
          failures += await callUntilAnswered(pair, topic, next);
        }
      });
      await counter.reaches(counter.executed.size + 500);
      await node.kill();
      killed = true;
      await Promise.all(callers);
      await node.up();
    }
    context.diagnostic(`${next} calls answered while two nodes were killed; ${failures} were asked again`);
    assert.equal(counter.executed.size, next);
  });

  test('a node is killed while a call waits: it fails at once or at its limit, and the next one is served', async () => {
    const counter = new Counter();
    await using pair = await openPair('t-waiting', counter.endpoint, open);
    for (const node of [first, second]) {
      const waiting = pair.client.call('t-waiting', 'never', {}, { ...VERSION, timeoutMs: 1500 });
      const ended = assert.rejects(
        waiting,
        (error) => error instanceof OsloError && RETRIABLE.includes(error.code),
      );
      await node.kill();
      await ended;
      await callUntilAnswered(pair, 't-waiting', 1);
      await node.up();
    }
  });

  test('fan-outs reach every consumer again after each node was killed', async () => {
    const hearing = new EventEmitter();
    const endpoint = (host: string): Endpoint => ({
      version: '1.0',
      methods: {
        note: ({ text }) => {
          hearing.emit(`${host} ${text}`);
        },
      },
    });
    await using one = await openPair('t-fan-failover', endpoint('one'), open, 'one');
    await using _two = await openPair('t-fan-failover', endpoint('two'), open, 'two');
    for (const [n, node] of [first, second].entries()) {
      await node.kill();
      const heard = Promise.all([once(hearing, `one after ${n}`), once(hearing, `two after ${n}`)]);
      // A fan-out is lost for whoever has no queue yet, so it is repeated until both have heard it.
      let done = false;
      const ended = heard.then(() => {
        done = true;
      });
      while (!done) {
        await one.client.fanout('t-fan-failover', 'note', { text: `after ${n}` }, VERSION);
        await sleep(50);
      }
      await ended;
      await node.up();
    }
  });
});

describe('one broker that hangs, crashes and comes back', { skip: missing }, () => {
  let rabbit: PrivateBroker;

  before(async () => {
    rabbit = await PrivateBroker.start();
  });
  after(async () => {
    await rabbit?.[Symbol.asyncDispose]();
  });

  test('a broker that falls silent is given up for missed heartbeats, and found again', async () => {
    const counter = new Counter();
    const open = () => openBroker(rabbit.url, { heartbeatSeconds: 1 });
    await using pair = await openPair('t-silent', counter.endpoint, open);
    const lost = waitFor((event) => event.kind === 'lost' && event.reason.includes('no heartbeat'));
    {
      using _frozen = rabbit.freeze();
      await lost;
    }
    await callUntilAnswered(pair, 't-silent', 1);
  });

  test('casts that the broker accepts after a crash all arrive, whatever was in flight', async (context) => {
    const counter = new Counter();
    const topic = 't-crash';
    await using pair = await openPair(topic, counter.endpoint, () => openBroker(rabbit.url));
    const accepted: number[] = [];
    let next = 0;
    let stopped = false;
    const casters = Array.from({ length: 50 }, async () => {
      while (!stopped) {
        next += 1;
        const n = next;
        await pair.client.cast(topic, 'count', { n }, { ...VERSION, timeoutMs: 60_000 });
        accepted.push(n);
      }
    });
    await counter.reaches(500);
    const consuming = waitFor((event) => event.kind === 'consuming' && event.queue === topic);
    await rabbit.kill();
    await rabbit.up();
    await consuming;
    const last = next;
    await counter.reaches(counter.executed.size + 500);
    stopped = true;
    await Promise.all(casters);
    await callUntilAnswered(pair, topic, 0);
    const late = accepted.filter((n) => n > last);
    context.diagnostic(
      `${next} casts, ${counter.executed.size - 1} executed, ${late.length} after the crash`,
    );
    assert.ok(late.length > 0);
    const missingNumbers = late.filter((n) => !counter.executed.has(n));
    assert.deepEqual({ missingNumbers, repeated: counter.repeated }, { missingNumbers: [], repeated: [] });
  });

  test('requests sent again because their confirmation was lost are executed once', async () => {
    const counter = new Counter();
    const topic = 't-again';
    await using line = await UnreliableLine.to(rabbit.port);
    const urls = [line.url, rabbit.url];
    await using pair = await openPair(topic, counter.endpoint, () => openBroker(urls.shift() ?? rabbit.url));
    await callUntilAnswered(pair, topic, 0);
    line.deaf = true;
    const casts = Array.from({ length: 300 }, (_, n) =>
      pair.client.cast(topic, 'count', { n: n + 1 }, { ...VERSION, timeoutMs: 60_000 }),
    );
    await counter.reaches(301);
    line.deaf = false;
    line.cut();
    await Promise.all(casts);
    await callUntilAnswered(pair, topic, 0.5);
    assert.equal(counter.executed.size, 302);
    assert.deepEqual(counter.repeated, []);
  });
});
