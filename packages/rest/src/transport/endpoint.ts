import { PowerVMError } from '../errors/error.js';

/** Ports of the REST service (protocol reference 1.1); 443 is where newer consoles answer as well. */
const plainPort = 12080;
const securePorts = [12443, 443] as const;

/**
 * The origins to try for an endpoint, in order. An endpoint is `http[s]://host[:port]` or just a host. Without a
 * scheme it is https for a password and http for local logon. Without a port it is 12080 for http, and for https
 * 12443 and then 443.
 */
export function originsOf(endpoint: string, credentials: 'password' | 'local'): string[] {
  const { scheme, authority } = split(endpoint, credentials);
  const { host, port } = parseAuthority(endpoint, authority);
  const ports = port === undefined ? (scheme === 'http' ? [plainPort] : securePorts) : [port];
  return ports.map((each) => `${scheme}://${host}:${each}`);
}

/** Whether a password to this origin would cross a network in the clear. */
export function isPlainRemote(origin: string): boolean {
  const { protocol, hostname } = new URL(origin);
  const local = hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
  return protocol === 'http:' && !local;
}

function split(endpoint: string, credentials: 'password' | 'local'): { scheme: string; authority: string } {
  const match = /^(?:(?<scheme>[a-z]+):\/\/)?(?<authority>[^/?#@\s]+)\/?$/i.exec(endpoint);
  const scheme = match?.groups?.['scheme']?.toLowerCase() ?? (credentials === 'local' ? 'http' : 'https');
  const authority = match?.groups?.['authority'];
  if (!authority || !['http', 'https'].includes(scheme)) throw malformed(endpoint);
  return { scheme, authority };
}

function parseAuthority(endpoint: string, authority: string): { host: string; port: number | undefined } {
  const bareIPv6 = !authority.startsWith('[') && authority.split(':').length > 2;
  const match = /^(?<host>\[[0-9a-f:.%]+\]|[^:[\]]+)(?::(?<port>\d{1,5}))?$/i.exec(
    bareIPv6 ? `[${authority}]` : authority,
  );
  const host = match?.groups?.['host'];
  const port = match?.groups?.['port'];
  if (!host || Number(port) > 65535 || !URL.canParse(`http://${host}`)) throw malformed(endpoint);
  return { host, port: port === undefined ? undefined : Number(port) };
}

function malformed(endpoint: string): PowerVMError {
  return new PowerVMError(
    'PVM_INVALID_ARGUMENT',
    `The endpoint '${withoutUserInfo(endpoint)}' is not of the form http[s]://host[:port]`,
  );
}

/** Somebody may have written user:password@host; it must not reach the message. */
function withoutUserInfo(endpoint: string): string {
  return endpoint.replace(/[^/]*@/, '***@');
}
