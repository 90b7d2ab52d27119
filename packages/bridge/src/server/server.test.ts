import assert from 'node:assert/strict';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { BridgeClient } from '../client/client.js';
import { PROTOCOL } from '../contract/index.js';
import { deferred, Rig, socketDirectory } from '../testing/rig.js';
import { handshake, instance, request } from '../testing/samples.js';
import { BridgeServer } from './server.js';

const uuid = instance.uuid;
const abortable = (signal: AbortSignal) =>
  new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(new Error('given up')), { once: true }),
  );
const code = (expected: string) => (error: unknown) =>
  error instanceof Error && Reflect.get(error, 'code') === expected;

test('a call reaches the driver with checked parameters and its answer comes back', async () => {
  await using rig = await Rig.start({
    getInfo: async (params, call) => {
      assert.deepEqual(params, { uuid });
      assert.equal(call.request.requestId, 'req-1');
      return { state: 4 };
    },
  });
  const client = await rig.connect();
  assert.deepEqual(await client.call('getInfo', { uuid, request }), { state: 4 });
  assert.equal(client.daemon.pid, process.pid);
});

test('the socket has mode 0660 and its file is removed at the end', async () => {
  const rig = await Rig.start({});
  assert.equal(statSync(rig.path).mode & 0o777, 0o660);
  await rig[Symbol.asyncDispose]();
  assert.equal(existsSync(rig.path), false);
});

test('a stale socket file is replaced, a live one and a foreign file are refused', async () => {
  await using directory = await socketDirectory();
  const path = join(directory.path, 's');
  const dead = createServer();
  await new Promise<void>((done) => dead.listen(path, done));
  const host = { open: async () => ({}), subscribe: () => () => {} };
  await assert.rejects(BridgeServer.listen({ path, host, version: '1' }), (error: Error) => {
    assert.ok(code('PVM_SOCKET_IN_USE')(error));
    assert.match(error.message, new RegExp(`another compute daemon is listening on ${path}`));
    return true;
  });
  // Leaves the file behind, as a killed process does.
  const left = join(directory.path, 'left');
  await (await import('node:fs/promises')).link(path, left);
  await new Promise<void>((done) => dead.close(() => done()));
  const server = await BridgeServer.listen({ path: left, host, version: '1' });
  await server.close();

  const file = join(directory.path, 'f');
  writeFileSync(file, 'data');
  await assert.rejects(BridgeServer.listen({ path: file, host, version: '1' }), /exists and is not a socket/);
  assert.ok(existsSync(file));
  await assert.rejects(
    BridgeServer.listen({ path: join(directory.path, 'x'.repeat(100)), host, version: '1' }),
    code('PVM_SOCKET_PATH'),
  );
});

test('nothing is served before the handshake, and another protocol is refused', async () => {
  await using rig = await Rig.start({ listInstances: async () => [] });
  await assert.rejects(
    BridgeClient.connect({ path: rig.path, handshake: { ...handshake, protocol: PROTOCOL + 1 } }),
    /the plug-in speaks protocol 2, this daemon 1/,
  );
  const socket = connect(rig.path);
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'listInstances', params: { request } });
  socket.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
  const [chunk] = await new Promise<Buffer[]>((done) => socket.once('data', (data) => done([data])));
  socket.destroy();
  assert.match(String(chunk), /PVM_HANDSHAKE_REQUIRED/);
});

test('a refused parameter is named, and its value is not told', async () => {
  await using rig = await Rig.start({ powerOff: async () => ({}) });
  const client = await rig.connect();
  const bad = { ...instance, flavor: { ...instance.flavor, memoryMb: -5 } };
  await assert.rejects(
    client.call('powerOff', { instance: bad, timeout: 1, retryInterval: 0, request }),
    (error: Error) => {
      assert.match(error.message, /^powerOff: instance\.flavor\.memoryMb: Too small/);
      assert.equal(Reflect.get(error, 'code'), 'PVM_PARAMS_INVALID');
      assert.equal(Reflect.get(error, 'novaException'), 'InstancePowerOffFailure');
      return true;
    },
  );
});

test('secrets of a request never appear in its error', async () => {
  const secret = 'gAAAAABmtoken';
  await using rig = await Rig.start({
    cacheImage: async (params) => {
      throw new Error(`GET http://x refused with X-Auth-Token ${params.imageAccess.token}`);
    },
  });
  const client = await rig.connect();
  const image = { id: 'i', name: null, size: 1, diskFormat: 'raw', checksum: null, properties: {} };
  const imageAccess = { endpoint: 'http://x', token: secret };
  await assert.rejects(client.call('cacheImage', { image, imageAccess, request }), (error: Error) => {
    assert.equal(error.message, 'GET http://x refused with X-Auth-Token ***');
    return true;
  });
});

test('ERR-2 an error keeps its code, exception, details and text', async () => {
  await using rig = await Rig.start({
    destroy: async () => {
      throw Object.assign(new Error('VIOS vios1 is busy'), {
        code: 'PVM_VIOS_BUSY',
        details: { vios: 'vios1' },
      });
    },
    powerOn: async () => {
      throw Object.assign(new Error('no answer'), {
        code: 'PVM_REST_FAILED',
        novaException: 'NovaException',
      });
    },
    getInfo: async () => {
      throw Object.assign(new Error('gone'), {
        code: 'PVM_INSTANCE_NOT_FOUND',
        novaException: 'InstanceNotFound',
      });
    },
  });
  const client = await rig.connect();
  const blockDevices = {
    rootDeviceName: null,
    bootFromVolume: false,
    volumes: [],
    ephemerals: [],
    swapMb: 0,
  };
  const destroy = { instance, vifs: [], blockDevices, configDrive: false, destroyDisks: true, request };
  await assert.rejects(client.call('destroy', destroy), {
    code: 'PVM_VIOS_BUSY',
    message: 'VIOS vios1 is busy',
    novaException: 'InstanceTerminationFailure',
    details: { vios: 'vios1' },
  });
  await assert.rejects(client.call('getInfo', { uuid, request }), { novaException: 'InstanceNotFound' });
  await assert.rejects(client.call('powerOn', { instance, request }), {
    novaException: 'InstancePowerOnFailure',
    message: 'no answer',
  });
  await assert.rejects(client.call('listInstances', { request }), { code: 'PVM_NOT_SUPPORTED' });
});

test('an answer of the wrong shape is the daemon’s fault and says so', async () => {
  await using rig = await Rig.start({ getInfo: async () => ({ state: 1.5 }) });
  const client = await rig.connect();
  await assert.rejects(client.call('getInfo', { uuid, request }), /answer of getInfo: state: /);
});

test('cancelling a call fires its signal and answers at once', async () => {
  const seen = deferred<AbortSignal>();
  await using rig = await Rig.start({
    getInfo: (_, call) => {
      seen.resolve(call.signal);
      return abortable(call.signal);
    },
  });
  const client = await rig.connect();
  const cancel = new AbortController();
  const pending = client.call('getInfo', { uuid, request }, cancel.signal);
  const signal = await seen.promise;
  cancel.abort();
  await assert.rejects(pending, /given up/);
  assert.ok(signal.aborted);
});

test('a caller that leaves aborts what says abort and lets the rest finish', async () => {
  const spawning = deferred<AbortSignal>();
  const stopping = deferred<AbortSignal>();
  const stop = deferred();
  await using rig = await Rig.start({
    getInfo: (_, call) => {
      spawning.resolve(call.signal);
      return abortable(call.signal);
    },
    powerOff: async (_, call) => {
      stopping.resolve(call.signal);
      await stop.promise;
      return {};
    },
  });
  const client = await rig.connect();
  const first = client.call('getInfo', { uuid, request });
  const second = client.call('powerOff', { instance, timeout: 0, retryInterval: 0, request });
  const [reading, writing] = [await spawning.promise, await stopping.promise];
  const gone = new Promise((done) => reading.addEventListener('abort', done, { once: true }));
  await client.close();
  await assert.rejects(first, code('PVM_DISCONNECTED'));
  await assert.rejects(second, code('PVM_DISCONNECTED'));
  await gone;
  assert.equal(writing.aborted, false);
  stop.resolve();
});

test('a lost daemon fails every pending call at once', async () => {
  const arrived = deferred();
  await using rig = await Rig.start({
    getInfo: () => {
      arrived.resolve();
      return new Promise<never>(() => {});
    },
  });
  const client = await rig.connect();
  const pending = [1, 2, 3].map(() => client.call('getInfo', { uuid, request }));
  const settled = Promise.allSettled(pending);
  await arrived.promise;
  await rig.server?.close(AbortSignal.abort());
  for (const result of await settled) {
    assert.equal(result.status, 'rejected');
    assert.ok(code('PVM_DISCONNECTED')(result.reason));
  }
  await assert.rejects(client.call('getInfo', { uuid, request }), code('PVM_DISCONNECTED'));
});

test('close waits for running requests and answers them', async () => {
  const arrived = deferred();
  const finish = deferred();
  await using rig = await Rig.start({
    listInstances: async () => {
      arrived.resolve();
      await finish.promise;
      return ['a'];
    },
  });
  const client = await rig.connect();
  const pending = client.call('listInstances', { request });
  await arrived.promise;
  const closing = rig.server?.close();
  finish.resolve();
  assert.deepEqual(await pending, ['a']);
  await closing;
});

test('lifecycle events reach every connection, progress and task states only the caller', async () => {
  await using rig = await Rig.start({
    snapshot: async (params, call) => {
      call.taskState({
        instanceUuid: params.instance.uuid,
        taskState: 'image_pending_upload',
        expected: null,
      });
      call.progress({ instanceUuid: params.instance.uuid, percent: 50, step: 'upload' });
      return {};
    },
  });
  const log: string[] = [];
  const bystander: string[] = [];
  const first = deferred();
  const second = deferred();
  const client = await rig.connect({
    onLifecycle: (event) => first.resolve(void log.push(event.transition)),
    onProgress: (p) => log.push(`${p.requestId} ${p.percent}`),
    onTaskState: (t) => log.push(t.taskState),
  });
  await rig.connect({
    onLifecycle: (event) => second.resolve(void bystander.push(event.transition)),
    onProgress: () => bystander.push('progress'),
    onTaskState: () => bystander.push('taskState'),
  });
  const imageAccess = { endpoint: 'http://x', token: 't' };
  await client.call('snapshot', { instance, imageId: 'i', imageAccess, request });
  rig.emit({ candidates: [uuid], transition: 'stopped' });
  await Promise.all([first.promise, second.promise]);
  assert.deepEqual(log, ['image_pending_upload', 'req-1 50', 'stopped']);
  assert.deepEqual(bystander, ['stopped']);
  await rig.server?.close();
  assert.equal(rig.listeners, 0);
});

test('calls of several connections run at the same time', async () => {
  const both = deferred();
  let running = 0;
  await using rig = await Rig.start({
    listInstances: async () => {
      running += 1;
      if (running === 2) both.resolve();
      await both.promise;
      return [];
    },
  });
  const [one, two] = [await rig.connect(), await rig.connect()];
  await Promise.all([one.call('listInstances', { request }), two.call('listInstances', { request })]);
});
