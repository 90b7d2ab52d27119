import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Broker, OsloError, RpcClient, readConfig, readMessagingOptions } from '@openstack-powervm/oslo';
import { Authority } from './certificates.js';
import { missing, PrivateBroker, type ServerCertificate } from './private-broker.js';
import { openPair, waitFor } from './rpc-pair.js';

const VERSION = { version: '1.0' };
const endpoint = {
  version: '1.0',
  methods: { echo: (args: Record<string, unknown>) => String(args['text']) },
};

describe('RabbitMQ with TLS', { skip: missing }, () => {
  let authority: Authority;
  let stranger: Authority;
  let certificate: ServerCertificate;
  let rabbit: PrivateBroker;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tls-options-'));
    authority = await Authority.make('Cloud authority');
    stranger = await Authority.make('Somebody else');
    certificate = await authority.certify('broker', 'IP:127.0.0.1');
    rabbit = await PrivateBroker.start({ tls: { ...certificate, demandsClientCertificate: true } });
  });
  after(async () => {
    await rabbit?.[Symbol.asyncDispose]();
    await authority?.[Symbol.asyncDispose]();
    await stranger?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  /** A connection as a service's configuration file describes it. */
  async function open(url: string, options: Record<string, string | boolean>): Promise<Broker> {
    const lines = Object.entries(options).map(([name, value]) => `${name} = ${value}`);
    const file = join(folder, 'service.conf');
    await writeFile(
      file,
      `[DEFAULT]\ntransport_url = ${url}\n[oslo_messaging_rabbit]\n${lines.join('\n')}\nrabbit_retry_interval = 0.05\n`,
    );
    return new Broker(readMessagingOptions(await readConfig([file]), 'neutron'), 'test');
  }

  const verified = async () => {
    const { cert, key } = await authority.certify('client', 'DNS:agent');
    return {
      ssl: true,
      ssl_ca_file: authority.ca,
      ssl_enforce_hostname_verification: true,
      ssl_cert_file: cert,
      ssl_key_file: key,
    };
  };

  async function failureOf(url: string, options: Record<string, string | boolean>): Promise<OsloError> {
    const broker = await open(url, options);
    const client = new RpcClient(broker, { responseTimeoutMs: 5000 });
    try {
      await client.call('t-tls', 'echo', {}, VERSION);
    } catch (error) {
      assert.ok(error instanceof OsloError);
      return error;
    } finally {
      await client.close();
      await broker.close();
    }
    throw new assert.AssertionError({ message: 'the call was answered' });
  }

  test('a call is answered: the authority, the name and the client certificate are verified', async () => {
    const options = await verified();
    const brokers = [await open(rabbit.url, options), await open(rabbit.url, options)];
    await using pair = await openPair('t-tls', endpoint, () => {
      const broker = brokers.pop();
      assert.ok(broker);
      return broker;
    });
    assert.equal(await pair.client.call('t-tls', 'echo', { text: 'grün' }, VERSION), 'grün');
    const back = waitFor((event) => event.kind === 'consuming' && event.queue === 't-tls');
    await rabbit.kill();
    await rabbit.up();
    await back;
    assert.equal(await pair.client.call('t-tls', 'echo', { text: 'again' }, VERSION), 'again');
  });

  test('the certificate of another authority is refused with the option to correct', async () => {
    const options = { ...(await verified()), ssl_ca_file: stranger.ca };
    const error = await failureOf(rabbit.url, options);
    assert.equal(error.code, 'OSLO_RPC_TLS');
    assert.equal(error.grade, 'configuration');
    assert.match(
      error.message,
      new RegExp(`RabbitMQ \\(127.0.0.1:${rabbit.port}\\).*certificate.*ssl_ca_file`),
    );
    assert.doesNotMatch(error.message, /guest/);
  });

  test('a certificate for another name is refused', async () => {
    await using other = await PrivateBroker.start({
      tls: await authority.certify('other', 'DNS:broker.example'),
    });
    const error = await failureOf(other.url, await verified());
    assert.equal(error.code, 'OSLO_RPC_TLS');
    assert.match(error.message, /altnames.*ssl_enforce_hostname_verification/);
  });

  test('no client certificate, a broker without TLS and a wrong password are told apart', async () => {
    const uncertified = { ssl: true, ssl_ca_file: authority.ca };
    const refused = await failureOf(rabbit.url, uncertified);
    assert.equal(refused.code, 'OSLO_RPC_TLS');
    assert.match(refused.message, /certificate required/);

    const login = await failureOf(rabbit.url.replace('guest:guest', 'guest:secret'), await verified());
    assert.equal(login.code, 'OSLO_AUTH_REFUSED');
    assert.match(login.message, /user name, password/);
    assert.doesNotMatch(login.message, /secret/);

    await using plain = await PrivateBroker.start();
    const withoutTls = await failureOf(plain.url, await verified());
    assert.equal(withoutTls.code, 'OSLO_RPC_TLS');
    assert.match(withoutTls.message, /without TLS/);
  });
});
