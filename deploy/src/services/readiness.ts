import { readFile } from 'node:fs/promises';
import { connect, type NetConnectOpts } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasConsumer } from './queues.js';
import type { Probe } from './service.js';

const pollMs = 100;

/** How long one attempt may take, milliseconds. */
const attemptMs = 5_000;

function accepts(target: NetConnectOpts): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ ...target, timeout: attemptMs });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(attemptMs) });
    await response.body?.cancel();
    return response.status < 400 || response.status === 401;
  } catch {
    return false;
  }
}

async function wrote(file: string, from: number, text: string): Promise<boolean> {
  const content = await readFile(file).catch(() => Buffer.alloc(0));
  return content.subarray(from).includes(text);
}

/** Where a service writes its log, and where in it the present start begins (bytes). */
export interface LogPosition {
  readonly file: string;
  readonly from: number;
}

/** Whether a service is ready now. */
async function isReady(probe: Probe, log: LogPosition): Promise<boolean> {
  switch (probe.kind) {
    case 'tcp':
      return accepts({ host: '127.0.0.1', port: probe.port });
    case 'http':
      return answers(probe.url);
    case 'socket':
      return accepts({ path: probe.path });
    case 'queue':
      return hasConsumer(probe.broker, probe.queue);
    case 'log':
      return wrote(log.file, log.from, probe.text);
  }
}

/** Waits until a service is ready; false when the signal is aborted before. */
export async function waitUntilReady(probe: Probe, log: LogPosition, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (await isReady(probe, log)) return true;
    await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
  return false;
}
