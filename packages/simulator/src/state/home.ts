import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SavedBytes } from '../bytes/byte-store.js';
import { chain } from '../bytes/layer.js';
import { lockDirectory } from './directory-lock.js';
import type { SavedState } from './saved-state.js';
import { readStateFiles } from './state-files.js';

/** The directory of a simulator: for one run, or for as long as it is kept. */
export interface Home {
  readonly directory: string;
  /** Of disks and media. */
  readonly bytes: string;
  /** The directory stays when the simulator ends. */
  readonly isKept: boolean;
  /** What an earlier run has left. */
  readonly saved: SavedState | undefined;
  close(): Promise<void>;
}

/** Without a directory, a temporary one that `close` removes. Throws a `StateError`. */
export async function openHome(kept: string | undefined): Promise<Home> {
  if (kept === undefined) {
    const directory = await mkdtemp(join(tmpdir(), 'powervm-simulator-'));
    const bytes = await folder(directory, 'bytes');
    const close = () => rm(directory, { recursive: true, force: true });
    return { directory, bytes, isKept: false, saved: undefined, close };
  }
  await mkdir(kept, { recursive: true, mode: 0o700 });
  const close = await lockDirectory(join(kept, 'lock'), kept);
  try {
    return { ...(await openKept(kept)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openKept(directory: string): Promise<Omit<Home, 'close'>> {
  const bytes = await folder(directory, 'bytes');
  const saved = await readStateFiles(directory);
  await removeStrangers(bytes, saved?.bytes);
  // Sessions have ended with the process that opened them.
  await rm(join(directory, 'tokens'), { recursive: true, force: true });
  return { directory, bytes, isKept: true, saved };
}

/** Files that a process made and did not live to mention in the state. */
async function removeStrangers(directory: string, saved: SavedBytes | undefined): Promise<void> {
  const known = new Set<string>();
  for (const { top } of saved?.disks.values() ?? []) {
    for (const { file } of top === undefined ? [] : chain(top)) known.add(file);
  }
  for (const file of await readdir(directory)) {
    if (!known.has(file)) await rm(join(directory, file), { force: true });
  }
}

async function folder(parent: string, name: string): Promise<string> {
  const path = join(parent, name);
  await mkdir(path, { recursive: true, mode: 0o700 });
  return path;
}
