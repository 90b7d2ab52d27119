import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Deployment } from '@openstack-powervm/deploy';
import { ResultReader, type TestResult } from './results.js';
import type { TestSet } from './sets.js';

const program = '/usr/bin/tempest';

/** Where a deployment keeps Tempest's files. */
export const tempestFolder = ({ paths }: Deployment): string => join(paths.data, 'tempest');

/** Why Tempest cannot run here; undefined when it can. */
export function reasonWithoutTempest(): string | undefined {
  return existsSync(program) ? undefined : `${program} is not there (Debian package tempest)`;
}

export interface TempestOptions {
  readonly set: TestSet;
  readonly workers: number;
  readonly onResult: (result: TestResult) => void;
  readonly signal: AbortSignal;
}

/** A folder of Tempest's with its configuration. */
export class Tempest {
  readonly folder: string;
  readonly #environment: Readonly<Record<string, string>>;

  /** `environment` is all that its processes get, beside what Tempest itself needs. */
  constructor(folder: string, environment: Readonly<Record<string, string>>) {
    this.folder = folder;
    this.#environment = environment;
  }

  async configure(config: string): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const workspace = this.#workspace();
    if (!existsSync(join(workspace, '.stestr.conf'))) {
      const registry = join(this.folder, 'workspaces.yaml');
      const child = this.#spawn(['init', '--workspace-path', registry, workspace], this.folder);
      await this.#lines(child, () => undefined);
    }
    await writeFile(join(workspace, 'etc', 'tempest.conf'), config, { mode: 0o600 });
  }

  /** Runs the selected tests; rejects when Tempest itself could not. */
  async run({ set, workers, onResult, signal }: TempestOptions): Promise<readonly TestResult[]> {
    const reader = new ResultReader();
    const args = ['run', '--concurrency', `${workers}`, '--regex', set.regex];
    const child = this.#spawn(args, this.#workspace());
    const stop = (): void => endGroup(child);
    signal.addEventListener('abort', stop, { once: true });
    const printed: string[] = [];
    await this.#lines(child, (line) => {
      printed.push(line);
      const result = reader.read(line);
      if (result) onResult(result);
    });
    await writeFile(this.outputOf(set), `${printed.join('\n')}\n`);
    signal.removeEventListener('abort', stop);
    signal.throwIfAborted();
    if (reader.results.length === 0)
      throw new Error(`Tempest has run nothing: ${printed.slice(-20).join('\n')}`);
    return reader.results;
  }

  /** What the last finished run of a set printed. */
  outputOf({ name }: TestSet): string {
    return join(this.folder, `output-${name}.log`);
  }

  #workspace(): string {
    return join(this.folder, 'workspace');
  }

  #spawn(args: readonly string[], cwd: string): ChildProcess {
    const env = { ...this.#environment, HOME: this.folder, PYTHONWARNINGS: 'ignore' };
    return spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  }

  /** Passes on what the program prints until it has ended. Its exit code says no more than its results. */
  async #lines(child: ChildProcess, onLine: (line: string) => void): Promise<void> {
    const ended = once(child, 'close');
    if (child.stdout) createInterface({ input: child.stdout }).on('line', onLine);
    await ended;
  }
}

/** Ends Tempest with its workers, who would outlive it: they are the other members of its process group. */
function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return; // it has just ended
    throw error;
  }
}
