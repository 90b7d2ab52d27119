import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Driver, noLog } from '@openstack-powervm/compute';
import type { Lifecycle } from '../contract/index.js';
import { Rig } from '../testing/rig.js';
import { handshake, request } from '../testing/samples.js';
import { DriverKeeper, type KeptDriver, type MakeDriver } from './driver-keeper.js';

/** Makes drivers that write down what happens to them. */
function workshop(initHost: () => Promise<object> = async () => ({ hasImageCache: true })) {
  const log: string[] = [];
  const listeners = new Set<(event: Lifecycle) => void>();
  class Recorded implements KeptDriver {
    readonly name: string;
    constructor(disks: string) {
      this.name = disks;
      log.push(`made ${disks}`);
    }
    async initHost() {
      log.push('init');
      return initHost();
    }
    async cleanupHost() {
      log.push('cleanup');
      return {};
    }
    async listInstances() {
      return [this.name];
    }
    subscribe(listener: (event: Lifecycle) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    }
  }
  const keeper = new DriverKeeper((options) => new Recorded(options.volume_group_name));
  return { keeper, log, listeners };
}

const withGroup = (name: string) => ({ ...handshake, options: { volume_group_name: name } });

test('CFG-1 every bad option is named at the handshake, secrets are not told', async () => {
  const { keeper } = workshop();
  await using rig = await Rig.start({}, { open: (params, closed) => keeper.open(params, closed) });
  const options = { proc_units_factor: 7, disk_driver: 'tape', rest_password: 12345 };
  await assert.rejects(rig.connect({ handshake: { ...handshake, options } }), (error: Error) => {
    assert.match(error.message, /\[powervm\] disk_driver: Invalid option/);
    assert.match(error.message, /\[powervm\] proc_units_factor: Too big/);
    assert.match(error.message, /\[powervm\] rest_password: Invalid input: expected string/);
    assert.doesNotMatch(error.message, /12345/);
    assert.equal(Reflect.get(error, 'novaException'), 'InvalidConfiguration');
    return true;
  });
});

test('connections with equal options share one driver, which is made ready once', async () => {
  const { keeper, log } = workshop();
  await using rig = await Rig.start({}, keeperHost(keeper));
  const one = await rig.connect();
  const two = await rig.connect();
  const answers = await Promise.all([
    one.call('initHost', { request }),
    two.call('initHost', { request }),
    two.call('listInstances', { request }),
  ]);
  assert.deepEqual(answers, [{ hasImageCache: true }, { hasImageCache: true }, ['datavg']]);
  assert.deepEqual(log, ['made datavg', 'init']);
});

test('a driver outlives its connections', async () => {
  const { keeper, log } = workshop();
  await using rig = await Rig.start({}, keeperHost(keeper));
  const one = await rig.connect();
  await one.call('initHost', { request });
  await one.close();
  const two = await rig.connect();
  await two.call('initHost', { request });
  assert.deepEqual(log, ['made datavg', 'init']);
});

test('a start that failed is tried again', async () => {
  let tries = 0;
  const { keeper, log } = workshop(async () => {
    tries += 1;
    if (tries === 1) throw Object.assign(new Error('no answer'), { code: 'PVM_SERVER_UNREACHABLE' });
    return {};
  });
  await using rig = await Rig.start({}, keeperHost(keeper));
  const client = await rig.connect();
  await assert.rejects(client.call('initHost', { request }), { code: 'PVM_SERVER_UNREACHABLE' });
  assert.deepEqual(await client.call('initHost', { request }), { hasImageCache: false });
  assert.deepEqual(log, ['made datavg', 'init', 'init']);
});

test('other options are refused while the first are in use, and make a new driver afterwards', async () => {
  const { keeper, log } = workshop();
  await using rig = await Rig.start({}, keeperHost(keeper));
  const one = await rig.connect({ handshake: withGroup('a') });
  await one.call('initHost', { request });
  await assert.rejects(rig.connect({ handshake: withGroup('b') }), { code: 'PVM_OPTIONS_DIFFER' });
  await one.close();
  const two = await reconnect(rig, withGroup('b'));
  assert.deepEqual(await two.call('listInstances', { request }), ['b']);
  assert.deepEqual(log, ['made a', 'init', 'cleanup', 'made b']);
});

test('INIT-11 after the stop of the service its driver hears nothing more', async () => {
  const { keeper, log, listeners } = workshop();
  await using rig = await Rig.start({}, keeperHost(keeper));
  const client = await rig.connect();
  await client.call('initHost', { request });
  assert.equal(listeners.size, 1);
  await client.call('cleanupHost', { request });
  assert.equal(listeners.size, 0);
  assert.deepEqual(log, ['made datavg', 'init', 'cleanup']);
});

test('lifecycle events of the driver reach the plug-in', async () => {
  const { keeper, listeners } = workshop();
  await using rig = await Rig.start({}, keeperHost(keeper));
  const heard = new Promise<Lifecycle>((resolve) => {
    void rig
      .connect({ onLifecycle: resolve })
      .then((client) => client.call('initHost', { request }).then(emit));
  });
  const event: Lifecycle = { candidates: ['u'], transition: 'stopped' };
  function emit() {
    for (const listener of listeners) listener(event);
  }
  assert.deepEqual(await heard, event);
});

function keeperHost(keeper: DriverKeeper) {
  return {
    open: keeper.open.bind(keeper),
    subscribe: keeper.subscribe.bind(keeper),
  };
}

/** The server learns of a closed connection a moment after the client has closed it. */
async function reconnect(rig: Rig, shake: typeof handshake): Promise<Awaited<ReturnType<Rig['connect']>>> {
  try {
    return await rig.connect({ handshake: shake });
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, 'code') === 'PVM_OPTIONS_DIFFER')
      return reconnect(rig, shake);
    throw error;
  }
}

test('the driver of the compute package fits the contract, method by method', async () => {
  const make: MakeDriver = (options, nova) =>
    new Driver(options, nova, {
      openSession: async () => {
        throw new Error('no console here');
      },
      images: { open: unused, upload: unused },
      log: noLog,
    });
  const keeper = new DriverKeeper(make);
  await using rig = await Rig.start({}, keeperHost(keeper));
  const client = await rig.connect();
  await assert.rejects(client.call('initHost', { request }), /no console here/);
  await assert.rejects(client.call('listInstances', { request }), { code: 'PVM_NOT_STARTED' });
});

async function unused(): Promise<never> {
  throw new Error('not used');
}
