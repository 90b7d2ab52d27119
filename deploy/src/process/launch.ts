import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { type ProcessIdentity, statusOf } from './identity.js';

/** A program to start. */
export interface Program {
  /** Absolute path of the executable, then its arguments. */
  readonly command: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  /** Standard output and error are appended to this file (mode 0600). */
  readonly logFile: string;
}

/** A started program; `ended` is aborted, with the reason as text, when it ends. */
export interface Launched {
  readonly identity: ProcessIdentity;
  readonly ended: AbortSignal;
  /** Length of the log file before the program wrote to it, bytes. */
  readonly logStart: number;
}

function endingOf(child: ChildProcess): AbortSignal {
  const ended = new AbortController();
  child.once('exit', (code, signal) => {
    ended.abort(signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`);
  });
  return ended.signal;
}

/** Starts a program in a session of its own, so that it outlives this process and its terminal. */
export async function launch(program: Program): Promise<Launched> {
  const [executable, ...args] = program.command;
  const log = await open(program.logFile, 'a', 0o600);
  try {
    const logStart = (await log.stat()).size;
    const child = spawn(executable, args, {
      cwd: program.workingDirectory,
      env: { ...program.environment },
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    const ended = endingOf(child);
    await once(child, 'spawn');
    child.unref();
    const identity = child.pid === undefined ? undefined : statusOf(child.pid);
    if (!identity) throw new Error(`${executable} ended at once`);
    return { identity, ended, logStart };
  } finally {
    await log.close();
  }
}
