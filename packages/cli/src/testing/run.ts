import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a run of the command left behind. */
export interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

const main = fileURLToPath(new URL('../main.js', import.meta.url));

/** Runs `powervm` as a process of its own; variables of the caller's environment that begin with POWERVM_ are not seen. */
export function powervm(args: readonly string[], environment: Record<string, string> = {}): Promise<Run> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('POWERVM_'));
  const child = spawn(process.execPath, [main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...Object.fromEntries(inherited), ...environment },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, out, err }));
  });
}
