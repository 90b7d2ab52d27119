import { type CallOptions, Session, type SessionOptions } from '@openstack-powervm/rest';

/** The options that say where the PowerVM console is; the same names in nova.conf and in the agents' files. */
export interface ConsoleOptions {
  readonly rest_endpoint: string;
  /** Empty: log on with the local token file of NovaLink. */
  readonly rest_username: string;
  readonly rest_password: string;
  /** PEM file of the certificate authority; empty means those that Node trusts. */
  readonly rest_ca_certs: string;
}

/** Daemons may start before the REST server does (RETRY-2): 300 tries, two seconds apart. */
const connectAttempts = 300;

export function sessionOptions(options: ConsoleOptions, auditMemento: string): SessionOptions {
  const { rest_username: username, rest_password: password } = options;
  return {
    endpoint: options.rest_endpoint,
    credentials: username === '' ? { kind: 'local' } : { kind: 'password', username, password },
    auditMemento,
    connectAttempts,
    ...(options.rest_ca_certs === '' ? {} : { tls: { ca: options.rest_ca_certs } }),
  };
}

/** Opens the session of a daemon. */
export function openConsole(options: ConsoleOptions, call: CallOptions): Promise<Session> {
  return Session.open(sessionOptions(options, 'openstack-powervm'), call);
}
