import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * Which process is meant. A pid alone is not enough: it is given to another process one day. Pid and
 * start time within one boot of the machine are.
 */
export const processIdentitySchema = z.object({
  pid: z.int().positive(),
  /** Linux: clock ticks since boot (field 22 of /proc/PID/stat, proc(5)); elsewhere what `ps` prints. */
  startTime: z.string(),
  /** Linux: the kernel's random boot id; elsewhere empty. */
  boot: z.string(),
});
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

/** What /proc says about a process. */
export interface ProcessStatus extends ProcessIdentity {
  /** Session id; the pid of the process that began the session. */
  readonly session: number;
}

const bootId = () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

function readLinux(pid: number): ProcessStatus | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined; // the process is gone
  }
  // The command name is in parentheses and may itself hold parentheses and spaces.
  const [state, , , session, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const startTime = rest[15];
  if (state === undefined || state === 'Z' || state === 'X' || startTime === undefined) return undefined;
  return { pid, session: Number(session), startTime, boot: bootId() };
}

function readElsewhere(pid: number): ProcessStatus | undefined {
  try {
    const startTime = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return startTime === '' ? undefined : { pid, session: pid, startTime, boot: '' };
  } catch {
    return undefined; // ps found no such process
  }
}

/** The status of a running process; undefined when there is none (a zombie counts as none). */
export function statusOf(pid: number): ProcessStatus | undefined {
  return process.platform === 'linux' ? readLinux(pid) : readElsewhere(pid);
}

/** Whether the process that was meant still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  const now = statusOf(identity.pid);
  return now !== undefined && now.startTime === identity.startTime && now.boot === identity.boot;
}

/** Sends a signal to the process that was meant, and never to another one that got its pid. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isRunning(identity)) return;
  try {
    process.kill(identity.pid, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return; // it has just ended
    throw error;
  }
}
