import {
  Broker,
  type Endpoint,
  type MessagingEvent,
  type MessagingOptions,
  OsloConfig,
  observeMessaging,
  parseTransportUrl,
  RpcClient,
  RpcServer,
  readMessagingOptions,
} from '@openstack-powervm/oslo';

const EXCHANGE = 'neutron';

/** A process's connections to the brokers of a transport URL, in a hurry to come back. */
export function openBroker(url: string, options: Partial<MessagingOptions> = {}): Broker {
  const base = readMessagingOptions(new OsloConfig(), EXCHANGE);
  const quick = { retryLowMs: 50, retryHighMs: 200 };
  return new Broker({ ...base, ...quick, url: parseTransportUrl(url), ...options }, 'test');
}

export interface RpcPair extends AsyncDisposable {
  readonly client: RpcClient;
  readonly server: RpcServer;
}

/** A client and a server in different processes, as far as the broker can tell. */
export async function openPair(
  topic: string,
  endpoint: Endpoint,
  open: () => Broker,
  host = 'host1',
): Promise<RpcPair> {
  const near = open();
  const far = open();
  const server = new RpcServer(far, { topic, host, endpoints: [endpoint] });
  await server.start();
  const client = new RpcClient(near, { responseTimeoutMs: 10_000 });
  return {
    client,
    server,
    async [Symbol.asyncDispose]() {
      await client.close();
      await server.close();
      await near.close();
      await far.close();
    },
  };
}

/** Resolves at the next event on the bus that fits. */
export function waitFor(fits: (event: MessagingEvent) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = observeMessaging((event) => {
      if (!fits(event)) return;
      stop();
      resolve();
    });
  });
}
