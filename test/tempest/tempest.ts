import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { baseEnvironment, type Deployment } from '@openstack-powervm/deploy';
import { ResultReader, type TestResult } from './results.js';

const program = '/usr/bin/tempest';

/** Why Tempest cannot run here; undefined when it can. */
export function reasonWithoutTempest(): string | undefined {
  return existsSync(program) ? undefined : `${program} is not there (Debian package tempest)`;
}

export interface TempestOptions {
  readonly regex: string;
  readonly workers: number;
  readonly onResult: (result: TestResult) => void;
  readonly signal: AbortSignal;
}

/** A folder of Tempest's with its configuration. */
export class Tempest {
  readonly #deployment: Deployment;
  readonly #folder: string;

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
    this.#folder = join(deployment.paths.data, 'tempest');
  }

  get folder(): string {
    return this.#folder;
  }

  async configure(config: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const workspace = this.#workspace();
    if (!existsSync(join(workspace, '.stestr.conf'))) {
      const registry = join(this.#folder, 'workspaces.yaml');
      const child = this.#spawn(['init', '--workspace-path', registry, workspace], this.#folder);
      await this.#lines(child, () => undefined);
    }
    await writeFile(join(workspace, 'etc', 'tempest.conf'), config, { mode: 0o600 });
  }

  /** Runs the selected tests; rejects when Tempest itself could not. */
  async run({ regex, workers, onResult, signal }: TempestOptions): Promise<readonly TestResult[]> {
    const reader = new ResultReader();
    const args = ['run', '--concurrency', `${workers}`, '--regex', regex];
    const child = this.#spawn(args, this.#workspace());
    const stop = (): void => void child.kill('SIGINT');
    signal.addEventListener('abort', stop, { once: true });
    const printed: string[] = [];
    await this.#lines(child, (line) => {
      printed.push(line);
      const result = reader.read(line);
      if (result) onResult(result);
    });
    await writeFile(join(this.#folder, 'output.log'), `${printed.join('\n')}\n`);
    signal.removeEventListener('abort', stop);
    signal.throwIfAborted();
    if (reader.results.length === 0)
      throw new Error(`Tempest has run nothing: ${printed.slice(-20).join('\n')}`);
    return reader.results;
  }

  #workspace(): string {
    return join(this.#folder, 'workspace');
  }

  #spawn(args: readonly string[], cwd: string): ChildProcess {
    const env = { ...baseEnvironment(this.#deployment), HOME: this.#folder, PYTHONWARNINGS: 'ignore' };
    return spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
  }

  /** Passes on what the program prints until it has ended. Its exit code says no more than its results. */
  async #lines(child: ChildProcess, onLine: (line: string) => void): Promise<void> {
    const ended = once(child, 'close');
    if (child.stdout) createInterface({ input: child.stdout }).on('line', onLine);
    await ended;
  }
}
