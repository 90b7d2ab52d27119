import { request as startRequest } from 'node:http';
import { PowerVMError } from '../errors/error.js';
import { Connections } from './connections.js';
import { Exchange } from './exchange.js';
import type { Send } from './message.js';
import type { Trust } from './tls.js';

/** The innermost layer: keep-alive connections to one console. */
export interface HttpTransport {
  readonly origin: string;
  readonly send: Send;
  /** Breaks every connection; requests still under way are rejected. */
  destroy(): void;
}

export function httpTransport(origin: string, trust: Trust, connectMs: number): HttpTransport {
  const url = new URL(origin);
  const agent = new Connections(url, trust, connectMs);
  const underWay = new Set<Exchange>();
  return {
    origin,
    async send(request) {
      const { method, path, headers, deadline } = request;
      deadline.throwIfOver();
      // `http` for TLS as well: the agent makes the connections, and it knows which kind.
      const sent = startRequest({ agent, host: url.hostname, port: url.port, method, path, headers });
      const exchange = new Exchange(request, sent);
      underWay.add(exchange);
      sent.once('close', () => underWay.delete(exchange));
      return await exchange.run();
    },
    destroy() {
      const closed = new PowerVMError('PVM_SESSION_CLOSED', `The session on ${origin} was closed`);
      for (const exchange of underWay) exchange.breakOff(closed);
      agent.destroy();
    },
  };
}
