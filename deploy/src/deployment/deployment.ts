import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { readIfPresent, writePrivateFile } from './files.js';
import { layOut, type Paths } from './paths.js';
import { defaultPortBase, type Ports, portsFrom } from './ports.js';
import { loadSecrets, type Secrets } from './secrets.js';

/** What was decided when the state directory was made; kept in `deployment.json`. */
const identitySchema = z.object({ id: z.uuid(), portBase: z.int() });
export type DeploymentIdentity = z.infer<typeof identitySchema>;

/** One OpenStack: its identity, where it lives, where it listens, its passwords. */
export interface Deployment {
  /** Distinguishes this deployment's processes from any other's (see process/family.ts). */
  readonly id: string;
  readonly paths: Paths;
  readonly ports: Ports;
  readonly secrets: Secrets;
  /** Address of every listener. */
  readonly address: '127.0.0.1';
  readonly region: 'RegionOne';
  /** Name of the compute host in Nova and Neutron. */
  readonly host: 'powervm1';
}

const repository = resolve(import.meta.dirname, '../../..');

/** The state directory that the environment chooses: POWERVM_STATE_DIR, or `state` in the repository. */
export function stateDirectory(environment: NodeJS.ProcessEnv): string {
  return resolve(environment['POWERVM_STATE_DIR'] ?? join(repository, 'state'));
}

/** The paths of the state directory that the environment chooses. */
export function pathsFrom(environment: NodeJS.ProcessEnv): Paths {
  return layOut(repository, stateDirectory(environment));
}

const identityFile = (paths: Paths) => join(paths.state, 'deployment.json');

/** The identity of an existing deployment; undefined when the state directory holds none. */
export async function readIdentity(paths: Paths): Promise<DeploymentIdentity | undefined> {
  const text = await readIfPresent(identityFile(paths));
  return text === undefined ? undefined : identitySchema.parse(JSON.parse(text));
}

/**
 * Opens the deployment of the state directory, making one when there is none. The port block is
 * chosen once: Keystone's catalog and Nova's cells have recorded it.
 */
export async function openDeployment(environment: NodeJS.ProcessEnv): Promise<Deployment> {
  const paths = pathsFrom(environment);
  const wished = environment['POWERVM_PORT_BASE'];
  const known = await readIdentity(paths);
  const identity = known ?? { id: randomUUID(), portBase: Number(wished ?? defaultPortBase) };
  const ports = portsFrom(identity.portBase);
  if (wished !== undefined && Number(wished) !== identity.portBase) {
    throw new Error(
      `${paths.state} was set up with POWERVM_PORT_BASE=${identity.portBase}, not ${wished}: ` +
        'unset it, choose another POWERVM_STATE_DIR, or begin anew with npm run clean',
    );
  }
  for (const folder of [paths.state, paths.etc, paths.log, paths.run, paths.done, paths.data]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
  if (!known) await writePrivateFile(identityFile(paths), `${JSON.stringify(identity, null, 2)}\n`);
  const secrets = await loadSecrets(paths.state);
  return {
    id: identity.id,
    paths,
    ports,
    secrets,
    address: '127.0.0.1',
    region: 'RegionOne',
    host: 'powervm1',
  };
}
