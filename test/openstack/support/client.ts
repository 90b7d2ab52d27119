import { execFile } from 'node:child_process';
import { administratorEnvironment, baseEnvironment, type Deployment } from '@openstack-powervm/deploy';

/** How long one command may take, milliseconds. */
const limitMs = 180_000;

/** What the `openstack` client printed, and how it ended. */
export interface ClientResult {
  readonly code: number;
  readonly output: string;
  readonly complaint: string;
}

/** The real `openstack` command line client, as administrator. */
export class OpenStackClient {
  readonly #environment: Record<string, string>;

  constructor(deployment: Deployment) {
    this.#environment = {
      ...baseEnvironment(deployment),
      ...administratorEnvironment(deployment),
      OS_COMPUTE_API_VERSION: '2.90',
    };
  }

  /** Runs a command; the words are those after `openstack`. */
  try(...words: string[]): Promise<ClientResult> {
    return this.#execute('/usr/bin/openstack', words);
  }

  /** Runs lines as somebody types them who has sourced our openrc; the first that fails ends it. */
  shell(lines: string, folder: string): Promise<ClientResult> {
    return this.#execute('/bin/bash', ['-e', '-o', 'pipefail', '-c', lines], folder);
  }

  #execute(program: string, words: readonly string[], cwd?: string): Promise<ClientResult> {
    return new Promise((resolve) => {
      const options = { env: this.#environment, timeout: limitMs, maxBuffer: 1 << 26, cwd };
      execFile(program, words, options, (error, output, complaint) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ code, output, complaint: complaint.trim() });
      });
    });
  }

  /** Runs a command that must succeed. */
  async run(...words: string[]): Promise<string> {
    const { code, output, complaint } = await this.try(...words);
    if (code !== 0) throw new Error(`openstack ${words.join(' ')} ended with ${code}: ${complaint}`);
    return output;
  }

  /** Runs a command that must succeed and reads what it shows. */
  async show(...words: string[]): Promise<Record<string, unknown>> {
    return JSON.parse(await this.run(...words, '--format', 'json'));
  }

  /** Runs a listing command that must succeed and reads its rows. */
  async list(...words: string[]): Promise<Record<string, unknown>[]> {
    return JSON.parse(await this.run(...words, '--format', 'json'));
  }
}
