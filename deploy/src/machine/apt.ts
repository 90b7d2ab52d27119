import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deployment } from '../deployment/deployment.js';
import { outputOf, runCommand } from '../process/command.js';
import { baseEnvironment } from '../process/environment.js';
import { DeployError } from '../steps/failure.js';
import type { StepContext } from '../steps/step.js';
import { debconfSelections, isOurService } from './packages.js';
import { restorePolicy, withoutServiceStarts } from './policy-rc.js';

function environmentOf(deployment: Deployment): Record<string, string> {
  const proxies = Object.entries(process.env).filter(([name]) => /^(https?|no)_proxy$/i.test(name));
  return {
    ...baseEnvironment(deployment),
    ...Object.fromEntries(proxies.map(([name, value]) => [name, value ?? ''])),
    HOME: '/root',
    DEBIAN_FRONTEND: 'noninteractive',
  };
}

/** Installs packages: no recommended ones, no questions, no service started, nothing removed. */
export async function installPackages(
  deployment: Deployment,
  names: readonly string[],
  context: StepContext,
): Promise<void> {
  const { signal } = context;
  const apt = new Apt(deployment, context);
  await restorePolicy();
  await apt.run('/usr/bin/dpkg', '--configure', '-a');
  if (!(await apt.knows(names))) await apt.update();
  await apt.answerQuestions();
  const servicesBefore = await initScripts();
  await withoutServiceStarts(async () => {
    try {
      await apt.install(names);
    } catch {
      signal.throwIfAborted();
      await apt.update(); // the lists may name versions that the archive no longer has
      await apt.install(names);
    }
  });
  const installed = (await initScripts()).filter((name) => !servicesBefore.includes(name));
  await apt.keepFromBooting(installed.filter(isOurService));
}

async function initScripts(): Promise<string[]> {
  return readdir('/etc/init.d').catch(() => []);
}

/** apt-get and its companions, with one log file. */
class Apt {
  readonly #deployment: Deployment;
  readonly #context: StepContext;

  constructor(deployment: Deployment, context: StepContext) {
    this.#deployment = deployment;
    this.#context = context;
  }

  run(executable: string, ...args: string[]): Promise<void> {
    return this.#run([executable, ...args]);
  }

  /** Whether the package lists on this machine name every package. */
  async knows(names: readonly string[]): Promise<boolean> {
    const environment = environmentOf(this.#deployment);
    const known = await outputOf(
      ['/usr/bin/apt-cache', 'show', '--no-all-versions', ...names],
      environment,
      this.#context.signal,
    ).catch(() => undefined);
    return known !== undefined;
  }

  update(): Promise<void> {
    return this.run('/usr/bin/apt-get', 'update', '-q');
  }

  answerQuestions(): Promise<void> {
    return this.#run(['/usr/bin/debconf-set-selections'], debconfSelections());
  }

  install(names: readonly string[]): Promise<void> {
    const options = [
      '--no-install-recommends',
      '--no-remove',
      ...['-o', 'DPkg::Lock::Timeout=600'],
      ...['-o', 'Dpkg::Options::=--force-confold'],
      ...['-o', 'Dpkg::Use-Pty=0'],
      ...['-o', 'APT::Status-Fd=3'],
    ];
    return this.run('/usr/bin/apt-get', 'install', '-q', '-y', ...options, ...names);
  }

  /** The installed services are not to come up with the machine: ours are started by us alone. */
  async keepFromBooting(services: readonly string[]): Promise<void> {
    const tool = '/usr/sbin/update-rc.d';
    const hasTool = await access(tool).then(
      () => true,
      () => false,
    );
    if (!hasTool) return;
    for (const name of services) await this.run(tool, name, 'disable');
  }

  /** A status line is "kind:package:per cent:text"; kinds of interest are dlstatus and pmstatus. */
  #report(line: string): void {
    const [kind, , percent] = line.split(':');
    const action = kind === 'dlstatus' ? 'fetched' : kind === 'pmstatus' ? 'installed' : undefined;
    if (action) this.#context.report(`(${Math.round(Number(percent))} % ${action})`);
  }

  async #run(command: readonly [string, ...string[]], input?: string): Promise<void> {
    const program = {
      command,
      environment: environmentOf(this.#deployment),
      workingDirectory: '/',
      logFile: join(this.#deployment.paths.log, 'packages.log'),
    };
    try {
      await runCommand(program, {
        signal: this.#context.signal,
        onStatus: (line) => this.#report(line),
        ...(input === undefined ? {} : { input }),
      });
    } catch (error) {
      if (error instanceof DeployError)
        throw new DeployError({ ...error.report, tryThis: aptHint }, { cause: error });
      throw error;
    }
  }
}

const aptHint =
  'see that the machine reaches its Debian archive (apt-get update) and that the packages do not conflict with ' +
  'installed ones; npm start -- --driver-only needs no packages';
