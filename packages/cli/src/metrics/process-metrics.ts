import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Registry } from './registry.js';

/** Figures of the process under their usual names; returns the function that ends the measuring. */
export function measureProcess(registry: Registry): () => void {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  registry.countedElsewhere('process_cpu_seconds_total', 'Processor time used.', () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  registry.gauge('process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss());
  registry.gauge('process_start_time_seconds', 'Start of the process.', () => performance.timeOrigin / 1000);
  registry.gauge('process_open_fds', 'Open file descriptors.', openFiles);
  registry.gauge(
    'nodejs_eventloop_lag_p99_seconds',
    'How late timers were since the last scrape, 99th percentile.',
    () => {
      const seconds = delay.percentile(99) / 1e9;
      delay.reset();
      return seconds;
    },
  );
  return () => delay.disable();
}

/** Linux tells; elsewhere it is not known. */
function openFiles(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return Number.NaN;
  }
}
