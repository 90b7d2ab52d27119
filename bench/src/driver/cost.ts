import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { observe } from '@openstack-powervm/rest';

/** What one piece of work cost. */
export interface Cost {
  /** Requests on the wire by method; the long poll for events is left out. */
  readonly requests: Readonly<Record<string, number>>;
  /** Both directions, headers included. */
  readonly bytes: number;
  readonly cpuMs: number;
  readonly elapsedMs: number;
}

/** Counts what this process asks of a REST server. */
export class Meter {
  readonly #sockets = new Set<Socket>();
  readonly #remember = (message: unknown): void => {
    if (isSocketMessage(message)) this.#sockets.add(message.socket);
  };

  constructor() {
    subscribe('net.client.socket', this.#remember);
  }

  async measure(work: () => Promise<unknown>): Promise<Cost> {
    const requests: Record<string, number> = {};
    const stop = observe('powervm.rest.request', ({ method, path }) => {
      if (!path.includes('/Event?')) requests[method] = (requests[method] ?? 0) + 1;
    });
    const bytes = this.#bytes();
    const cpu = process.cpuUsage();
    const started = performance.now();
    try {
      await work();
    } finally {
      stop();
    }
    const { user, system } = process.cpuUsage(cpu);
    return {
      requests,
      bytes: this.#bytes() - bytes,
      cpuMs: Math.round((user + system) / 1000),
      elapsedMs: Math.round(performance.now() - started),
    };
  }

  close(): void {
    unsubscribe('net.client.socket', this.#remember);
  }

  #bytes(): number {
    return [...this.#sockets].reduce((sum, { bytesRead, bytesWritten }) => sum + bytesRead + bytesWritten, 0);
  }
}

function isSocketMessage(message: unknown): message is { socket: Socket } {
  return typeof message === 'object' && message !== null && 'socket' in message;
}
