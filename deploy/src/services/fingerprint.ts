import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What a running service was started with. */
export interface FingerprintInput {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly configFiles: readonly string[];
  readonly code: readonly string[];
}

async function codeState(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries
    .filter((entry) => entry.isFile() && /\.(js|py)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const states = await Promise.all(files.map(async (file) => `${file} ${(await stat(file)).mtimeMs}`));
  return states.join('\n');
}

/** A digest that changes when a service would start differently from how it was started. */
export async function fingerprintOf(input: FingerprintInput): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([input.command, input.environment]));
  for (const file of input.configFiles) hash.update(await readFile(file));
  for (const folder of input.code) hash.update(await codeState(folder));
  return hash.digest('hex');
}
