import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { OsloConfig } from '../config/config.js';
import { parseConfig } from '../config/parse.js';
import { OsloError } from '../errors.js';
import { readMessagingOptions } from './options.js';
import { parseTransportUrl } from './transport-url.js';

describe('transport_url', () => {
  test('several brokers, percent-encoding, virtual host and query', () => {
    const url = parseTransportUrl(
      'rabbit://us%40er:p%3Aw%2F@a:5671,us%40er:p%3Aw%2F@b/%2Fnova%20x?ssl=1&heartbeat_timeout_threshold=10',
    );
    assert.deepEqual(url.brokers, [
      { hostname: 'a', port: 5671 },
      { hostname: 'b', port: 5672 },
    ]);
    assert.equal(url.username, 'us@er');
    assert.equal(url.password, 'p:w/');
    assert.equal(url.virtualHost, '/nova x');
    assert.equal(url.query.get('ssl'), '1');
  });

  test('what is left out: account guest, port 5672, virtual host /, this machine', () => {
    for (const text of ['rabbit://', 'rabbit:///', 'rabbit://localhost'])
      assert.deepEqual(parseTransportUrl(text), {
        brokers: [{ hostname: 'localhost', port: 5672 }],
        username: 'guest',
        password: 'guest',
        virtualHost: '/',
        query: new Map(),
      });
  });

  test('an IPv6 address stands in brackets; a password may hold an at-sign and a percent sign', () => {
    const url = parseTransportUrl('rabbit://u:p@ss%@[::1]:5673/vh');
    assert.deepEqual(url.brokers, [{ hostname: '::1', port: 5673 }]);
    assert.equal(url.password, 'p@ss%');
    assert.equal(url.virtualHost, 'vh');
  });

  const wrong: readonly [string, RegExp][] = [
    ['localhost', /no scheme/],
    ['amqp://u:geheim@h/', /scheme is amqp/],
    ['rabbit://u:geheim@h:99999/', /port of host h/],
    ['rabbit://u:geheim@h:x/', /port of host h/],
    ['rabbit://u:geheim@/', /no name/],
    ['rabbit://u:geheim@a,u:other@b/', /hosts a and b have different/],
    ['rabbit://u:geheim@[::1],u:geheim@b/', /by name or IPv4/],
  ];
  for (const [text, pattern] of wrong)
    test(`refused without showing the password: ${pattern.source}`, () => {
      assert.throws(
        () => parseTransportUrl(text),
        (error) =>
          error instanceof OsloError &&
          error.code === 'OSLO_TRANSPORT_URL' &&
          pattern.test(error.message) &&
          !error.message.includes('geheim'),
      );
    });
});

describe('messaging options', () => {
  const options = (text: string) =>
    readMessagingOptions(new OsloConfig([{ path: 'neutron.conf', sections: parseConfig(text) }]), 'neutron');

  test('defaults are those of oslo.messaging', () => {
    const read = options('');
    assert.equal(read.exchange, 'neutron');
    assert.equal(read.responseTimeoutMs, 60_000);
    assert.equal(read.heartbeatSeconds, 60);
    assert.equal(read.tls, undefined);
    assert.deepEqual(read.topology, {
      durable: false,
      autoDelete: false,
      quorum: false,
      transientQueueExpiryMs: 1_800_000,
    });
  });

  test('the query of the transport URL overrides the file', () => {
    const read = options(
      '[DEFAULT]\ntransport_url = rabbit://h/?ssl=true&rabbit_quorum_queue=1\n[oslo_messaging_rabbit]\nssl = false\n',
    );
    assert.deepEqual(read.tls, { rejectUnauthorized: false, verifyHost: false });
    assert.equal(read.topology.durable, true);
  });

  test('a wrong value names its option', () => {
    assert.throws(
      () => options('[oslo_messaging_rabbit]\nrabbit_login_method = EXTERNAL\n'),
      /rabbit_login_method/,
    );
    assert.throws(
      () => options('[DEFAULT]\ntransport_url = rabbit://h/?ssl=x\n'),
      /its option ssl must be true/,
    );
    assert.throws(
      () => options('[oslo_messaging_rabbit]\nssl = true\nssl_ca_file = /none/ca.pem\n'),
      /option ssl_ca_file.*\/none\/ca\.pem/,
    );
  });
});
