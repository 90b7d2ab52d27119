import { OsloError } from '../errors.js';

/** Where one broker listens. */
export interface BrokerAddress {
  readonly hostname: string;
  readonly port: number;
}

/** What a `transport_url` says: `rabbit://user:password@host:port,host2:port2/virtual_host?option=value`. */
export interface TransportUrl {
  readonly brokers: readonly BrokerAddress[];
  readonly username: string;
  /** Secret. */
  readonly password: string;
  readonly virtualHost: string;
  /** Options of `[oslo_messaging_rabbit]` that the query overrides. */
  readonly query: ReadonlyMap<string, string>;
}

/** AMQP 0-9-1 without TLS; oslo.messaging uses it with TLS, too, unless a port is given. */
const DEFAULT_PORT = 5672;

interface Host extends BrokerAddress {
  readonly username: string | undefined;
  readonly password: string | undefined;
}

/**
 * Reads a transport URL as oslo.messaging does: hosts are separated by commas, each may carry its own
 * credentials, everything is percent-encoded, and the query overrides options.
 *
 * @throws OsloError OSLO_TRANSPORT_URL; the text never contains the URL, because the URL holds the password
 */
export function parseTransportUrl(url: string): TransportUrl {
  const parts =
    /^(?<scheme>[a-z][a-z0-9+.-]*):\/\/(?<hosts>[^/?#]*)(?<path>\/[^?#]*)?(?:\?(?<query>[^#]*))?/i.exec(url);
  const { scheme, hosts = '', path, query = '' } = parts?.groups ?? {};
  if (scheme === undefined) throw refused('it has no scheme; write rabbit://user:password@host:5672/');
  if (scheme !== 'rabbit' && scheme !== 'kombu')
    throw refused(`its scheme is ${scheme}, but only rabbit is supported`);
  // `rabbit://` alone, oslo.messaging's default, is a broker on this machine.
  const named = (hosts === '' ? 'localhost' : hosts).split(',').filter((host) => host !== '');
  const brokers = named.map(parseHost);
  if (brokers.length === 0) throw refused('it names no host');
  if (brokers.length > 1 && brokers.some((broker) => broker.hostname.includes(':')))
    throw refused('several brokers can only be given by name or IPv4 address');
  const login = commonLogin(brokers);
  return {
    brokers: brokers.map(({ hostname, port }) => ({ hostname, port })),
    // RabbitMQ's own default account, which oslo.messaging falls back to as well.
    username: login.username ?? 'guest',
    password: login.password ?? 'guest',
    // A missing path and a bare slash both mean the virtual host "/".
    virtualHost: decode(path?.slice(1) ?? '') || '/',
    query: new Map(new URLSearchParams(query)),
  };
}

function parseHost(text: string): Host {
  const at = text.lastIndexOf('@');
  const [username, password] = splitOnce(at < 0 ? '' : text.slice(0, at), ':');
  const address = text.slice(at + 1);
  const parts = /^(?:\[(?<v6>[^\]]+)\]|(?<name>[^:]*))(?::(?<port>.*))?$/.exec(address)?.groups ?? {};
  const hostname = parts['v6'] ?? parts['name'] ?? '';
  if (hostname === '') throw refused('one of its hosts has no name');
  const port = parts['port'] ?? '';
  return {
    hostname,
    port: port === '' ? DEFAULT_PORT : portNumber(port, hostname),
    username: at < 0 ? undefined : decode(username),
    password: password === undefined ? undefined : decode(password),
  };
}

function portNumber(text: string, hostname: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65535)
    throw refused(`the port of host ${hostname} is not a number from 1 to 65535`);
  return port;
}

/** One account for all brokers: a cluster has one user table, and the AMQP library logs on with one. */
function commonLogin(hosts: readonly Host[]): Pick<Host, 'username' | 'password'> {
  const named = hosts.filter((host) => host.username !== undefined);
  const [first, ...rest] = named;
  if (first === undefined) return { username: undefined, password: undefined };
  const odd = rest.find((host) => host.username !== first.username || host.password !== first.password);
  if (odd !== undefined)
    throw refused(`hosts ${first.hostname} and ${odd.hostname} have different user names or passwords`);
  return first;
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** Like Python's `unquote`, a percent sign that encodes nothing stays as it is. */
function decode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    return Buffer.from(encoded.replaceAll('%', ''), 'hex').toString('utf8');
  });
}

function refused(problem: string): OsloError {
  return new OsloError('OSLO_TRANSPORT_URL', `transport_url cannot be used: ${problem}`);
}
