import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import {
  type Deployment,
  isRunning,
  missingPackages,
  obstacles,
  openDeployment,
  readRecords,
  renderConfig,
} from '@openstack-powervm/deploy';

const repository = resolve(import.meta.dirname, '../../../..');

/**
 * Where the tests' OpenStack lives. A set POWERVM_STATE_DIR is used as it is: that of a running OpenStack lends it to
 * the tests.
 */
function chosenEnvironment(): NodeJS.ProcessEnv {
  if (process.env['POWERVM_STATE_DIR'] !== undefined) return process.env;
  return {
    ...process.env,
    POWERVM_STATE_DIR: join(repository, 'state-test'),
    POWERVM_PORT_BASE: process.env['POWERVM_PORT_BASE'] ?? '24500',
  };
}

const environment = chosenEnvironment();

/** Why the whole OpenStack cannot run here; undefined when it can. */
export async function reasonToSkip(): Promise<string | undefined> {
  const [obstacle] = await obstacles();
  if (obstacle) return obstacle;
  const missing = await missingPackages();
  const offline = process.env['POWERVM_NO_INSTALL'] && missing.length > 0;
  return offline ? `POWERVM_NO_INSTALL is set and packages are missing: ${missing.join(' ')}` : undefined;
}

type OnLine = (line: string) => void;

/** Runs a command of deploy to its end and passes its lines on. */
async function deploy(
  command: 'start' | 'stop',
  onLine: OnLine,
  env: NodeJS.ProcessEnv = environment,
): Promise<void> {
  const child = spawn(process.execPath, [join(repository, 'deploy/dist/main.js'), command], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface({ input: child.stdout }).on('line', onLine);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`deploy ${command} ended with exit code ${code}`);
}

/** Starts again what has died, as an operator would. */
export function repairStack(onLine: OnLine): Promise<void> {
  return deploy('start', onLine);
}

/** A running OpenStack. */
export interface Stack {
  readonly deployment: Deployment;
  /** Ends it, if it was not running before. */
  release(): Promise<void>;
}

/** Brings OpenStack up, or takes the one that runs already. One that does not come up is stopped; its logs stay. */
export function acquireStack(onLine: OnLine): Promise<Stack> {
  return acquire(environment, onLine);
}

/**
 * The same OpenStack beside the other one, with Nova's own fake driver in place of ours: what fails there too is no
 * failure of the driver's.
 */
export async function acquireFakeDriverStack(onLine: OnLine): Promise<Stack> {
  const beside = {
    ...environment,
    POWERVM_STATE_DIR: `${environment['POWERVM_STATE_DIR']}-fake`,
    POWERVM_PORT_BASE: `${Number(environment['POWERVM_PORT_BASE'] ?? 23500) + 50}`,
  };
  const { paths } = await openDeployment(beside);
  const overrides = join(paths.etc, 'nova', 'conf.d');
  await mkdir(overrides, { recursive: true, mode: 0o700 });
  const settings = {
    DEFAULT: { compute_driver: 'fake.FakeDriver' },
    // Without ImagePropertiesFilter: the fake host says that it is an x86_64, and the image is for Power.
    filter_scheduler: { enabled_filters: 'ComputeFilter,ComputeCapabilitiesFilter' },
  };
  await writeFile(join(overrides, 'fake-driver.conf'), renderConfig(settings));
  return acquire(beside, onLine);
}

async function acquire(env: NodeJS.ProcessEnv, onLine: OnLine): Promise<Stack> {
  const { start, ...stack } = await prepareStack(onLine, env);
  try {
    await start();
  } catch (thrown) {
    await stack.release();
    throw thrown;
  }
  return stack;
}

/** An OpenStack that may not run yet. */
export interface PreparedStack extends Stack {
  /** Brings up what does not run. */
  start(): Promise<void>;
}

/** The same without starting it: for whoever has to tell of a start that fails. */
export async function prepareStack(
  onLine: OnLine,
  env: NodeJS.ProcessEnv = environment,
): Promise<PreparedStack> {
  const deployment = await openDeployment(env);
  const wasRunning = (await readRecords(deployment.paths)).some((record) => isRunning(record.process));
  return {
    deployment,
    start: () => deploy('start', onLine, env),
    release: async () => (wasRunning ? undefined : deploy('stop', onLine, env)),
  };
}
