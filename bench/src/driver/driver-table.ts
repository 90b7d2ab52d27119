import type { DriverMeasurement } from './driver-bench.js';

const methods = ['GET', 'PUT', 'POST', 'DELETE'] as const;

export function driverTitle(): string {
  return line(['latency', 'operation', ...methods, 'requests', 'KB', 'CPU ms', 'elapsed ms', 'RSS MB']);
}

export function driverRow({ latency, operation, cost, rssMb }: DriverMeasurement): string {
  const counts = methods.map((method) => cost.requests[method] ?? 0);
  const total = Object.values(cost.requests).reduce((sum, count) => sum + count, 0);
  const numbers = [...counts, total, Math.round(cost.bytes / 1024), cost.cpuMs, cost.elapsedMs];
  return line([latency, operation, ...numbers.map(String), rssMb === undefined ? '' : String(rssMb)]);
}

function line([latency = '', operation = '', ...numbers]: readonly string[]): string {
  return latency.padEnd(18) + operation.padEnd(40) + numbers.map((text) => text.padStart(11)).join('');
}
