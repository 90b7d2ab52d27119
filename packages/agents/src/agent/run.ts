import {
  Broker,
  type Endpoint,
  type OsloConfig,
  observeMessaging,
  RpcClient,
  RpcServer,
  readConfig,
  readMessagingOptions,
} from '@openstack-powervm/oslo';
import { Session } from '@openstack-powervm/rest';
import { type Log, textOfError } from '../log.js';
import type { AgentParts } from './agent-loop.js';
import type { AgentIdentity } from './identity.js';
import { type AgentOptions, type RestOptions, readRestOptions } from './options.js';

/** One of the agents, as far as running it goes. */
export interface AgentKind<O extends AgentOptions> {
  readonly identity: AgentIdentity;
  readonly readOptions: (config: OsloConfig) => O;
  readonly create: (parts: AgentParts<O>) => RunnableAgent;
}

/** What an agent serves to neutron-server. */
export interface ServedTopic {
  readonly topic: string;
  readonly endpoint: Endpoint;
}

interface RunnableAgent {
  readonly served: readonly ServedTopic[];
  /** Messages of neutron-server may have been lost. */
  resynchronise(): void;
  run(signal: AbortSignal): Promise<void>;
}

export interface RunAgentOptions {
  /** Files as Neutron's agents read them: neutron.conf and the agent's own. */
  readonly configFiles: readonly string[];
  readonly configDirectory?: string | undefined;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Logon attempts while the REST server may still be starting (RETRY-2). */
const CONNECT_ATTEMPTS = 300;

/**
 * The whole agent, from configuration files to the last goodbye.
 *
 * @throws OsloError, AgentError, PowerVMError when it cannot start; each names the option or object
 */
export async function runAgent<O extends AgentOptions>(
  kind: AgentKind<O>,
  { configFiles, configDirectory, log, signal }: RunAgentOptions,
): Promise<void> {
  const config = await readConfig(configFiles, configDirectory);
  const options = kind.readOptions(config);
  const messaging = readMessagingOptions(config, 'neutron');
  const rest = readRestOptions(config);
  log.info('starting', { host: options.host, endpoint: rest.endpoint, files: config.paths });
  const stopWatching = watchMessaging(log);
  const broker = new Broker(messaging, kind.identity.binary);
  const rpc = new RpcClient(broker, messaging);
  try {
    await using session = await openSession(rest, kind.identity.binary, signal);
    const agent = kind.create({ session, rpc, options, log });
    const servers = agent.served.map(({ topic, endpoint }) => {
      const onGap = (): void => agent.resynchronise();
      return new RpcServer(broker, { topic, host: options.host, endpoints: [endpoint], onGap });
    });
    try {
      // Without a broker the agent still provisions what it can; the queues are declared as soon as there is one.
      for (const server of servers)
        server.start({ signal }).catch((error: unknown) => {
          if (!signal.aborted)
            log.warn('messages of neutron-server are not received yet', { reason: textOfError(error) });
        });
      await agent.run(signal);
    } finally {
      await Promise.all(servers.map((server) => server.close()));
    }
  } finally {
    await rpc.close();
    await broker.close();
    stopWatching();
    log.info('stopped');
  }
}

function openSession(
  { endpoint, username, password, caCerts }: RestOptions,
  auditMemento: string,
  signal: AbortSignal,
): Promise<Session> {
  return Session.open(
    {
      endpoint,
      credentials: username === '' ? { kind: 'local' } : { kind: 'password', username, password },
      auditMemento,
      connectAttempts: CONNECT_ATTEMPTS,
      ...(caCerts !== '' && { tls: { ca: caCerts } }),
    },
    { signal },
  );
}

/** What an operator wants to know about the message bus. */
function watchMessaging(log: Log): () => void {
  return observeMessaging((event) => {
    const { kind, ...fields } = event;
    if (kind === 'lost' || kind === 'blocked' || kind === 'consumer-lost' || kind === 'dropped')
      log.warn(`message bus: ${kind}`, fields);
    else if (kind === 'connected' || kind === 'unblocked') log.info(`message bus: ${kind}`, fields);
    else log.debug(`message bus: ${kind}`, fields);
  });
}
