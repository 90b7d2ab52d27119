import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning, processIdentitySchema, statusOf } from '../process/identity.js';
import { readIfPresent } from './files.js';
import type { Paths } from './paths.js';

/** Whether the process that made the lock file still runs; a file that makes no sense counts as abandoned. */
async function holder(file: string): Promise<number | undefined> {
  const text = await readIfPresent(file);
  if (text === undefined) return undefined;
  const parsed = processIdentitySchema.safeParse(JSON.parse(text || 'null'));
  return parsed.success && isRunning(parsed.data) ? parsed.data.pid : undefined;
}

/** Does something that only one process at a time may do with a state directory. */
export async function exclusively<T>(paths: Paths, action: () => Promise<T>): Promise<T> {
  const file = join(paths.state, 'lock');
  const other = await holder(file);
  if (other !== undefined) {
    throw new Error(`process ${other} is at work on ${paths.state} already; wait for it or end it`);
  }
  await rm(file, { force: true });
  const lock = await open(file, 'wx', 0o600);
  try {
    await lock.write(JSON.stringify(statusOf(process.pid)));
    return await action();
  } finally {
    await lock.close();
    await rm(file, { force: true });
  }
}
