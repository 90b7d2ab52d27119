import { readFileSync } from 'node:fs';
import type { OsloConfig } from '../config/config.js';
import { type Option, option } from '../config/option.js';
import { boolean, choice, float, integer, string } from '../config/types.js';
import { OsloError, reasonOf } from '../errors.js';
import { parseTransportUrl, type TransportUrl } from './transport-url.js';

const RABBIT = 'oslo_messaging_rabbit';

/** The options of oslo.messaging that matter to a client of our kind, with its names and defaults. */
const OPTIONS = {
  transportUrl: option('DEFAULT', 'transport_url', string, 'rabbit://', { secret: true }),
  responseTimeout: option('DEFAULT', 'rpc_response_timeout', integer({ min: 1 }), 60),
  durableQueues: option(RABBIT, 'amqp_durable_queues', boolean, false),
  autoDelete: option(RABBIT, 'amqp_auto_delete', boolean, false),
  quorumQueue: option(RABBIT, 'rabbit_quorum_queue', boolean, false),
  transientQueuesTtl: option(RABBIT, 'rabbit_transient_queues_ttl', integer({ min: 1 }), 1800),
  heartbeat: option(RABBIT, 'heartbeat_timeout_threshold', integer({ min: 0 }), 60),
  retryInterval: option(RABBIT, 'rabbit_retry_interval', float({ min: 0.001 }), 1),
  retryIntervalMax: option(RABBIT, 'rabbit_interval_max', float({ min: 0.001 }), 30),
  // EXTERNAL (a TLS client certificate as the login) is not in the AMQP library; AMQPLAIN is answered with PLAIN.
  loginMethod: option(RABBIT, 'rabbit_login_method', choice('AMQPLAIN', 'PLAIN'), 'AMQPLAIN'),
  ssl: option(RABBIT, 'ssl', boolean, false, { deprecated: [{ group: RABBIT, name: 'rabbit_use_ssl' }] }),
  caFile: tlsFile('ssl_ca_file', 'kombu_ssl_ca_certs'),
  certFile: tlsFile('ssl_cert_file', 'kombu_ssl_certfile'),
  keyFile: tlsFile('ssl_key_file', 'kombu_ssl_keyfile'),
  verifyHost: option(RABBIT, 'ssl_enforce_hostname_verification', boolean, false),
};

/** How queues and exchanges are declared; a difference from what neutron-server declares is refused by the broker. */
export interface TopologyOptions {
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly quorum: boolean;
  /** milliseconds an unused reply or fan-out queue lives */
  readonly transientQueueExpiryMs: number;
}

export interface TlsOptions {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  /** False accepts any certificate: oslo.messaging verifies only when `ssl_ca_file` is set. */
  readonly rejectUnauthorized: boolean;
  readonly verifyHost: boolean;
}

export interface MessagingOptions {
  readonly url: TransportUrl;
  /** The topic exchange of the service that is called, `neutron` for Neutron. */
  readonly exchange: string;
  readonly responseTimeoutMs: number;
  readonly heartbeatSeconds: number;
  readonly retryLowMs: number;
  readonly retryHighMs: number;
  readonly tls: TlsOptions | undefined;
  readonly topology: TopologyOptions;
}

/**
 * Reads the messaging options from the files that the stock services read. `exchange` is the service's default
 * for `control_exchange`.
 *
 * @throws OsloError OSLO_CONFIG_VALUE, OSLO_TRANSPORT_URL, OSLO_CONFIG_FILE for an unreadable certificate
 */
export function readMessagingOptions(config: OsloConfig, exchange: string): MessagingOptions {
  const url = parseTransportUrl(config.read(OPTIONS.transportUrl));
  const read = <T>(declared: Option<T>): T => {
    const text = url.query.get(declared.name);
    return text === undefined ? config.read(declared) : parseQuery(declared, text);
  };
  read(OPTIONS.loginMethod);
  return {
    url,
    exchange: config.read(option('DEFAULT', 'control_exchange', string, exchange)),
    responseTimeoutMs: config.read(OPTIONS.responseTimeout) * 1000,
    heartbeatSeconds: read(OPTIONS.heartbeat),
    retryLowMs: read(OPTIONS.retryInterval) * 1000,
    retryHighMs: read(OPTIONS.retryIntervalMax) * 1000,
    tls: read(OPTIONS.ssl) ? readTls(read) : undefined,
    topology: {
      quorum: read(OPTIONS.quorumQueue),
      // Quorum queues are always durable.
      durable: read(OPTIONS.durableQueues) || read(OPTIONS.quorumQueue),
      autoDelete: read(OPTIONS.autoDelete),
      transientQueueExpiryMs: read(OPTIONS.transientQueuesTtl) * 1000,
    },
  };
}

function tlsFile(name: string, older: string): Option<string> {
  return option(RABBIT, name, string, '', { deprecated: [{ group: RABBIT, name: older }] });
}

function readTls(read: <T>(declared: Option<T>) => T): TlsOptions {
  const file = (declared: Option<string>): Buffer | undefined => {
    const path = read(declared);
    if (path === '') return undefined;
    try {
      return readFileSync(path);
    } catch (error) {
      throw new OsloError('OSLO_CONFIG_FILE', `option ${declared.name} in [${RABBIT}]: ${reasonOf(error)}`);
    }
  };
  const ca = file(OPTIONS.caFile);
  const cert = file(OPTIONS.certFile);
  const key = file(OPTIONS.keyFile);
  return {
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    rejectUnauthorized: ca !== undefined,
    verifyHost: ca !== undefined && read(OPTIONS.verifyHost),
  };
}

function parseQuery<T>(declared: Option<T>, text: string): T {
  try {
    return declared.type.parse(text);
  } catch (error) {
    throw new OsloError(
      'OSLO_TRANSPORT_URL',
      `transport_url cannot be used: its option ${declared.name} ${reasonOf(error)}`,
    );
  }
}
