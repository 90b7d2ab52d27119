import { readFileSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { StateError } from './state-error.js';

/**
 * Takes a directory for this process; answers with what gives it back. A lock whose process has died is taken over.
 * Throws a `StateError` when another simulator has it.
 */
export async function lockDirectory(path: string, directory: string): Promise<() => Promise<void>> {
  const own = processMark(process.pid);
  for (let tries = 0; tries < 3; tries += 1) {
    if (await written(path, own)) return () => rm(path, { force: true });
    const [pid = '', start] = (await readFile(path, 'utf8').catch(() => '')).split(' ');
    if (/^\d+$/.test(pid) && processMark(Number(pid)) === `${pid} ${start}`) {
      throw new StateError(
        'SIM_STATE_IN_USE',
        `The directory ${directory} is in use by the simulator with process id ${pid}.`,
        'stop that one, or choose another directory',
      );
    }
    await rm(path, { force: true });
  }
  throw new StateError('SIM_STATE_IN_USE', `The lock ${path} cannot be taken.`, 'see who else creates it');
}

async function written(path: string, mark: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(mark);
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * The process id and, where the kernel tells it, when the process started, so that a later process with the same id
 * is not taken for it. Empty when there is no such process.
 */
function processMark(pid: number): string {
  try {
    process.kill(pid, 0);
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EPERM';
    if (!exists) return '';
  }
  return `${pid} ${startOf(pid)}`;
}

/** proc_pid_stat(5), field 22; the name in field 2 may hold spaces and parentheses. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
