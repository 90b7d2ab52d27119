import { execFile } from 'node:child_process';
import type { CallOptions } from './flow/index.js';

export interface CommandOptions extends CallOptions {
  /** The program is ended after this time. Milliseconds. */
  readonly timeoutMs: number;
}

/** Runs programs of the machine that the driver runs on, which is NovaLink. Arguments never pass through a shell. */
export interface Commands {
  /**
   * The program's standard output.
   *
   * @throws CommandError when it cannot be started, fails, or takes too long; the signal's reason when aborted
   */
  run(program: string, args: readonly string[], options: CommandOptions): Promise<string>;
}

/** A program that failed: its name, its arguments and what it said. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    command: readonly string[],
    /** What the program said, or why it could not be run. */
    readonly reason: string,
  ) {
    super(`"${command.join(' ')}" failed: ${reason}`);
  }
}

/** The computer's own programs. */
export const systemCommands: Commands = {
  run(program, args, { signal, timeoutMs }) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const environment = { ...process.env, LC_ALL: 'C' };
      const options = { timeout: timeoutMs, env: environment, ...(signal && { signal }) };
      execFile(program, args, options, (error, output, complaint) => {
        if (error === null) resolve(output);
        else if (signal?.aborted) reject(signal.reason);
        else reject(new CommandError([program, ...args], reasonOf(error, complaint, timeoutMs)));
      });
    });
  },
};

function reasonOf(error: Error & { code?: unknown; killed?: boolean }, complaint: string, timeoutMs: number) {
  if (error.code === 'ENOENT') return 'there is no such program on this machine';
  if (error.killed) return `it did not end within ${timeoutMs / 1000} s`;
  return complaint.trim() || `it ended with ${String(error.code)}`;
}
