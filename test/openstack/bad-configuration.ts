import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { baseEnvironment, configArguments, novaComputeLauncher } from '@openstack-powervm/deploy';
import type { Scene } from './support/scene.js';

/** Name of the compute host with the mistake; it never comes up. */
const host = 'misconfigured';

/** How long the message may take, milliseconds. */
const limitMs = 90_000;

/** Resolves with what was written when the pattern is there or the writer has ended. */
async function textUntil(
  streams: readonly Readable[],
  pattern: RegExp,
  signal: AbortSignal,
): Promise<string> {
  let text = '';
  return new Promise((resolve) => {
    const hear = (chunk: Buffer) => {
      text += chunk.toString();
      if (pattern.test(text)) resolve(text);
    };
    for (const stream of streams) stream.on('data', hear);
    signal.addEventListener('abort', () => resolve(text), { once: true });
  });
}

/**
 * Starts a nova-compute and a compute daemon of its own with changed `[powervm]` options, and waits for the sentence that
 * tells what is wrong, in the log of one of the two.
 */
export async function misconfigured(scene: Scene, options: string, expected: RegExp): Promise<void> {
  const { deployment } = scene;
  const folder = await mkdtemp(join(tmpdir(), 'misconfigured-'));
  const socket = join(folder, 'compute.sock');
  const override = join(folder, 'nova-override.conf');
  await writeFile(override, `[DEFAULT]\nhost = ${host}\n[powervm]\ndaemon_socket = ${socket}\n${options}\n`);
  const environment = { env: baseEnvironment(deployment) };
  const powervm = join(deployment.paths.repository, 'packages/cli/dist/main.js');
  const daemon = spawn(process.execPath, [powervm, 'compute', '--socket', socket], environment);
  const nova = spawn(
    novaComputeLauncher(deployment),
    [...configArguments(deployment, 'nova'), '--config-file', override],
    environment,
  );
  try {
    const streams = [daemon.stdout, daemon.stderr, nova.stdout, nova.stderr];
    const text = await textUntil(streams, expected, AbortSignal.timeout(limitMs));
    assert.match(text, expected);
  } finally {
    for (const child of [nova, daemon]) {
      if (child.exitCode === null && child.kill()) await once(child, 'exit');
    }
    await rm(folder, { recursive: true });
  }
}

/** Forgets the compute service that the mistakes were made with. */
export async function forgetMisconfigured(scene: Scene): Promise<void> {
  const services = await scene.client.list('compute', 'service', 'list', '--host', host);
  for (const service of services)
    await scene.client.run('compute', 'service', 'delete', String(service['ID']));
}
