import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { DeployError } from '../steps/failure.js';
import type { Program } from './launch.js';
import { tailOf } from './tail.js';

/** How a command is run to its end. */
export interface CommandOptions {
  readonly signal: AbortSignal;
  /** Written to the command's standard input. */
  readonly input?: string;
  /** Is given each line that the command writes to its file descriptor 3. */
  readonly onStatus?: (line: string) => void;
}

/** Passes lines on until the command has ended, even if something that it started keeps the pipe open. */
function readStatus(child: ChildProcess, onStatus: (line: string) => void): void {
  const stream = child.stdio[3];
  if (!(stream instanceof Readable)) return;
  createInterface({ input: stream }).on('line', onStatus);
  child.once('exit', () => stream.destroy());
}

/** Runs a program to its end; anything but exit code 0 is a DeployError with the log's last lines. */
export async function runCommand(program: Program, options: CommandOptions): Promise<void> {
  const [executable, ...args] = program.command;
  const log = await open(program.logFile, 'a', 0o600);
  try {
    const logStart = (await log.stat()).size;
    const child = spawn(executable, args, {
      cwd: program.workingDirectory,
      env: { ...program.environment },
      signal: options.signal,
      stdio: [
        options.input === undefined ? 'ignore' : 'pipe',
        log.fd,
        log.fd,
        options.onStatus ? 'pipe' : 'ignore',
      ],
    });
    child.stdin?.end(options.input);
    if (options.onStatus) readStatus(child, options.onStatus);
    const [code, signal]: unknown[] = await once(child, 'exit');
    if (code === 0) return;
    throw new DeployError({
      what: `${executable} ${args[0] ?? ''} ${signal ? `was ended by ${signal}` : `ended with exit code ${code}`}`,
      log: { file: program.logFile, lines: await tailOf(program.logFile, logStart) },
    });
  } finally {
    await log.close();
  }
}

/** Runs a short command and gives its standard output; any failure is an Error with its standard error. */
export async function outputOf(
  command: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string> {
  const [executable, ...args] = command;
  const child = spawn(executable, args, {
    env: { ...environment },
    signal,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[code], output, complaint] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ]);
  if (code !== 0) throw new Error(`${command.join(' ')} ended with exit code ${code}: ${complaint.trim()}`);
  return output;
}
