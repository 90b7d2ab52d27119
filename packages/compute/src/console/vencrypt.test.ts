import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { selfSigned } from '../../../rest/dist/testing/certificate.js';
import type { PowerVMOptions } from '../contract/index.js';
import { driverError } from '../testing/expect.js';
import { exampleOptions } from '../testing/nova.js';
import { exampleCall, Rig } from '../testing/rig.js';
import { Viewer } from '../testing/viewer.js';
import { readCredentials } from './credentials.js';

const server = selfSigned();
const proxy = selfSigned();

/** The options of an operator who wants TLS. */
async function x509(t: TestContext): Promise<Partial<PowerVMOptions>> {
  const directory = await mkdtemp(join(tmpdir(), 'powervm-x509-'));
  t.after(() => rm(directory, { recursive: true }));
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(directory, name), text);
    return join(directory, name);
  };
  return {
    vnc_use_x509_auth: true,
    vnc_ca_certs: await file('ca.pem', proxy.cert),
    vnc_server_cert: await file('cert.pem', server.cert),
    vnc_server_key: await file('key.pem', server.key),
  };
}

/** A driver with one partition, and a way to its console. */
async function consoleWithTls(t: TestContext) {
  const rig = await Rig.open({ terminals: true, options: await x509(t) });
  t.after(() => rig[Symbol.asyncDispose]());
  const deployment = await rig.deployment({ image: rig.images.add(1 << 20) });
  await rig.driver.spawn(deployment, exampleCall());
  const { instance } = deployment;
  return {
    name: rig.partition(instance)?.name,
    open: async () => Viewer.open(await rig.driver.getVncConsole({ instance }, exampleCall())),
  };
}

test('C02 CON-3 CON-9 a proxy with the right certificate sees the terminal over TLS 1.2 and 1.3', async (t) => {
  const { open, name } = await consoleWithTls(t);
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    const viewer = await open();
    await viewer.chooseX509();
    const range = { minVersion: version, maxVersion: version };
    assert.equal(await viewer.secure({ ca: server.cert, ...proxy, ...range }), version);
    assert.equal(await viewer.desktop(), name);
    viewer.socket.destroy();
  }
});

test('C02 CON-3 without a certificate, with a wrong one or with old TLS nobody sees the terminal', async (t) => {
  const { open } = await consoleWithTls(t);
  const wrong = [
    {},
    selfSigned(),
    { ...proxy, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const,
  ];
  for (const options of wrong) {
    const viewer = await open();
    await viewer.chooseX509();
    // With TLS 1.3 the client learns of the refusal only when it reads.
    await assert.rejects(async () => {
      await viewer.secure({ ca: server.cert, ...options });
      await viewer.desktop();
    });
    await viewer.ended();
  }
});

test('CON-3 a viewer that wants it otherwise is told so in its own protocol and hung up on', async (t) => {
  const { open } = await consoleWithTls(t);
  const plain = await open();
  await plain.version();
  assert.deepEqual([...(await plain.take(2))], [1, 19], 'VeNCrypt is all there is');
  plain.send(1);
  assert.deepEqual([...(await plain.take(1))], [1]);
  await plain.ended();

  const old = await open();
  await old.version();
  await old.take(2);
  old.send(19);
  assert.deepEqual([...(await old.take(2))], [0, 2]);
  old.send(0, 1);
  assert.deepEqual([...(await old.take(1))], [1]);
  await old.ended();

  const anonymous = await open();
  await anonymous.version();
  await anonymous.take(2);
  anonymous.send(19);
  await anonymous.take(2);
  anonymous.send(0, 2);
  assert.deepEqual([...(await anonymous.take(6))], [0, 1, 0, 0, 1, 4]);
  anonymous.send(0, 0, 1, 1);
  assert.deepEqual([...(await anonymous.take(1))], [0]);
  await anonymous.ended();

  const ancient = await open();
  await ancient.version('RFB 003.003\n');
  await ancient.ended();
});

test('CFG-1 CFG-2 files that are not named, not there or no certificates stop the start', async (t) => {
  const read = (options: Partial<PowerVMOptions>) => readCredentials(exampleOptions(options));
  assert.equal(await read({}), undefined);
  await assert.rejects(
    read({ vnc_use_x509_auth: true, vnc_server_key: '/k' }),
    driverError('PVM_CONFIG_MISSING', 'vnc_ca_certs, vnc_server_cert are not set'),
  );
  const good = await x509(t);
  await assert.rejects(
    read({ ...good, vnc_server_key: '/nonexistent/key.pem' }),
    driverError('PVM_CONFIG_MISSING', 'vnc_server_key', '/nonexistent/key.pem'),
  );
  await assert.rejects(
    read({ ...good, vnc_server_cert: good.vnc_server_key ?? '' }),
    driverError('PVM_CONFIG_MISSING', 'vnc_server_cert'),
  );
});
