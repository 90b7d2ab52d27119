import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BridgeClient } from '@openstack-powervm/bridge';
import { handshakeOf } from './deployment.js';

const main = fileURLToPath(new URL('../main.js', import.meta.url));

/** A compute daemon as a process of its own, with a JSON log at its most talkative. */
export class Daemon implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(folder: string, child: ChildProcess) {
    this.#folder = folder;
    this.#child = child;
  }

  /** Resolves when it listens. */
  static async start(args: readonly string[] = []): Promise<Daemon> {
    const folder = mkdtempSync(join(tmpdir(), 'powervm-daemon-'));
    const logging = ['--log-format', 'json', '--log-level', 'debug', '--log-file', join(folder, 'log')];
    const command = [main, 'compute', '--socket', join(folder, 'compute.sock'), ...logging, ...args];
    const child = spawn(process.execPath, command, { stdio: 'ignore' });
    const daemon = new Daemon(folder, child);
    while (!daemon.#says('listening')) {
      if (child.exitCode !== null) throw new Error(`the daemon ended with ${child.exitCode}: ${daemon.text}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return daemon;
  }

  /** Connects as nova-compute's plug-in does. */
  connect(options: Record<string, unknown>): Promise<BridgeClient> {
    const path = join(this.#folder, 'compute.sock');
    return BridgeClient.connect({ path, handshake: handshakeOf(options) });
  }

  /** The whole log. */
  get text(): string {
    try {
      return readFileSync(join(this.#folder, 'log'), 'utf8');
    } catch {
      return ''; // it has not begun to write
    }
  }

  /** The lines of the log. */
  get lines(): Record<string, unknown>[] {
    return this.text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }

  #says(message: string): boolean {
    return this.text.includes(`"msg":"${message}"`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    if (this.#child.exitCode === null && this.#child.kill()) await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
