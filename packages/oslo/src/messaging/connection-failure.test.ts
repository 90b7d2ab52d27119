import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionFailure } from './connection-failure.js';

const brokers = [
  { hostname: 'a.example', port: 5671 },
  { hostname: 'b.example', port: 5671 },
];
const withCode = (code: string, message = 'broken') => Object.assign(new Error(message), { code });

test('trouble with certificates, logins and connections has different codes; each names brokers and a remedy', () => {
  const cases = [
    [withCode('SELF_SIGNED_CERT_IN_CHAIN'), 'OSLO_RPC_TLS', /ssl_ca_file/],
    [withCode('CERT_HAS_EXPIRED'), 'OSLO_RPC_TLS', /renew/],
    [withCode('ERR_TLS_CERT_ALTNAME_INVALID'), 'OSLO_RPC_TLS', /ssl_enforce_hostname_verification/],
    [withCode('EPROTO', 'SSL routines: wrong version number'), 'OSLO_RPC_TLS', /without TLS/],
    [withCode('ERR_SSL_SOMETHING_NEW'), 'OSLO_RPC_TLS', /ssl options/],
    [withCode('ACCESS_REFUSED'), 'OSLO_AUTH_REFUSED', /user name, password and virtual host/],
    [withCode('ECONNREFUSED', 'connect ECONNREFUSED'), 'OSLO_RPC_UNREACHABLE', /connect ECONNREFUSED$/],
    [undefined, 'OSLO_RPC_UNREACHABLE', /no broker has answered yet$/],
  ] as const;
  for (const [cause, code, text] of cases) {
    const error = connectionFailure('call m on topic t', brokers, cause);
    assert.equal(error.code, code);
    assert.match(
      error.message,
      /^\[OSLO_\w+\] call m on topic t: RabbitMQ \(a.example:5671, b.example:5671\)/,
    );
    assert.match(error.message, text);
  }
});
