import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readIfPresent, writePrivateFile } from '../deployment/files.js';
import type { Paths } from '../deployment/paths.js';
import { processIdentitySchema } from './identity.js';

/** What is remembered about a started service, in `run/NAME.json`. */
const recordSchema = z.object({
  name: z.string(),
  process: processIdentitySchema,
  /** When it was started, milliseconds since 1970. */
  startedAt: z.number().default(0),
  /** Digest of command, environment, configuration and code; a different one means: start it anew. */
  fingerprint: z.string(),
  stopSignal: z.enum(['SIGTERM', 'SIGINT', 'SIGQUIT']),
  /** How long it may take to end before it is killed, milliseconds. */
  graceMs: z.int(),
  /** Services with a higher number are stopped earlier. */
  order: z.int(),
});
export type ProcessRecord = z.infer<typeof recordSchema>;

const fileOf = (paths: Paths, name: string) => join(paths.run, `${name}.json`);

/** Remembers a started service. */
export async function writeRecord(paths: Paths, record: ProcessRecord): Promise<void> {
  await writePrivateFile(fileOf(paths, record.name), `${JSON.stringify(record, null, 2)}\n`);
}

/**
 * What is remembered about a service; undefined when nothing is, or nothing that can be read. The processes of
 * unreadable records, such as another version's, are still found by the mark that they carry (see family.ts).
 */
export async function readRecord(paths: Paths, name: string): Promise<ProcessRecord | undefined> {
  const text = await readIfPresent(fileOf(paths, name));
  if (text === undefined) return undefined;
  try {
    return recordSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Every remembered service. */
export async function readRecords(paths: Paths): Promise<ProcessRecord[]> {
  const names = await readdir(paths.run).catch(() => []);
  const records = await Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .map((name) => readRecord(paths, name.slice(0, -'.json'.length))),
  );
  return records.flatMap((record) => record ?? []);
}

/** Forgets a service. */
export async function forgetRecord(paths: Paths, name: string): Promise<void> {
  await rm(fileOf(paths, name), { force: true });
}
