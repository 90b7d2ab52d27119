import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../log.js';
import type { MetricsAddress } from './address.js';
import { measureDriver } from './driver-metrics.js';
import { measureProcess } from './process-metrics.js';
import { Registry } from './registry.js';
import { measureRest } from './rest-metrics.js';

/** The parts that are measured; daemons measure the driver too. */
export const measures = { rest: measureRest, driver: measureDriver, process: measureProcess };

/**
 * Runs the body of a daemon with its metrics at `http://ADDRESS:PORT/metrics`; without an address nothing is measured.
 * An address that cannot be had is an error: an operator who asked for metrics must not believe in silence.
 */
export async function withMetrics(
  address: MetricsAddress | undefined,
  parts: readonly (keyof typeof measures)[],
  log: Log,
  body: () => Promise<void>,
): Promise<void> {
  if (address === undefined) return body();
  const registry = new Registry();
  const stops = parts.map((part) => measures[part](registry));
  try {
    const server = await listen(registry, address);
    log.info('metrics are served', { url: urlOf(server) });
    try {
      await body();
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  } finally {
    for (const stop of stops) stop();
  }
}

function listen(registry: Registry, { host, port }: MetricsAddress): Promise<Server> {
  const server = createServer((request, response) => {
    const found = request.method === 'GET' && request.url?.split('?')[0] === '/metrics';
    response.writeHead(found ? 200 : 404, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' });
    response.end(found ? registry.text() : 'metrics are at /metrics\n');
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

function urlOf(server: Server): string {
  const { address, port } = server.address() as AddressInfo; // a TCP server has such an address
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}/metrics`;
}
