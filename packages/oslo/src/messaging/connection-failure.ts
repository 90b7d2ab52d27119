import { OsloError, type OsloErrorCode, reasonOf } from '../errors.js';
import type { BrokerAddress } from './transport-url.js';

interface Explanation {
  readonly code: OsloErrorCode;
  /** What to try. */
  readonly hint: string;
}

const LOGIN: Explanation = {
  code: 'OSLO_AUTH_REFUSED',
  hint: 'compare user name, password and virtual host of transport_url with the broker’s accounts',
};
const AUTHORITY: Explanation = {
  code: 'OSLO_RPC_TLS',
  hint: 'ssl_ca_file in [oslo_messaging_rabbit] must hold the authority that signed the broker’s certificate',
};
const HOST_NAME: Explanation = {
  code: 'OSLO_RPC_TLS',
  hint: 'transport_url must name the broker as its certificate does, or ssl_enforce_hostname_verification be off',
};
const NO_TLS: Explanation = {
  code: 'OSLO_RPC_TLS',
  hint: 'the port in transport_url is probably the one without TLS',
};
const OTHER_TLS: Explanation = {
  code: 'OSLO_RPC_TLS',
  hint: 'compare the ssl options in [oslo_messaging_rabbit] with the broker’s ssl_options',
};

/** By the codes of Node.js, of OpenSSL and of the AMQP library. */
const EXPLANATIONS: ReadonlyMap<string, Explanation> = new Map([
  ['ACCESS_REFUSED', LOGIN],
  ['NOT_ALLOWED', LOGIN],
  ['SELF_SIGNED_CERT_IN_CHAIN', AUTHORITY],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', AUTHORITY],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', AUTHORITY],
  ['UNABLE_TO_GET_ISSUER_CERT', AUTHORITY],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', AUTHORITY],
  ['CERT_SIGNATURE_FAILURE', AUTHORITY],
  [
    'CERT_HAS_EXPIRED',
    { code: 'OSLO_RPC_TLS', hint: 'renew the broker’s certificate, or correct the clock' },
  ],
  ['ERR_TLS_CERT_ALTNAME_INVALID', HOST_NAME],
]);

/** The error of an operation that found no broker, from the last thing that a connection failed with. */
export function connectionFailure(
  what: string,
  brokers: readonly BrokerAddress[],
  cause: unknown,
): OsloError {
  const { code, hint } = explain(cause);
  const names = brokers.map(({ hostname, port }) => `${hostname}:${port}`).join(', ');
  const reason = cause === undefined ? 'no broker has answered yet' : reasonOf(cause);
  const advice = hint === '' ? '' : `; ${hint}`;
  return new OsloError(code, `${what}: RabbitMQ (${names}) cannot be reached: ${reason}${advice}`, { cause });
}

/** The text of a lost or failed connection for a log, with what to try. */
export function explainConnectionFailure(cause: unknown): string {
  const { hint } = explain(cause);
  return hint === '' ? reasonOf(cause) : `${reasonOf(cause)}; ${hint}`;
}

function explain(cause: unknown): Explanation {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const known = EXPLANATIONS.get(code);
  if (known) return known;
  // What OpenSSL says about bytes that are not TLS; Node.js gives it several codes.
  if (reasonOf(cause).includes('wrong version number')) return NO_TLS;
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) return OTHER_TLS;
  return { code: 'OSLO_RPC_UNREACHABLE', hint: '' };
}
