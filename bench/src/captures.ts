import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A captured feed taken apart, to be put together again with any number of entries. */
export interface CapturedFeed {
  /** Up to the first entry. */
  readonly head: string;
  readonly entries: readonly string[];
}

/**
 * Reads a captured feed from POWERVM_CAPTURES, or from `shared/captures` beside the repository. Throws a sentence
 * when there are no captures.
 */
export function readCapturedFeed(name: string): CapturedFeed {
  const folder = process.env['POWERVM_CAPTURES'] ?? resolve(import.meta.dirname, '../../../shared/captures');
  const file = join(folder, 'responses', name);
  if (!existsSync(file)) throw new Error(`no ${file}: set POWERVM_CAPTURES to a folder with responses/`);
  const body = /^BODY\{\n([\s\S]*?)\nEND OF SECTION\}/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  const entries = body.match(/<entry>[\s\S]*?<\/entry>\s*/g) ?? [];
  return { head: body.slice(0, body.indexOf('<entry>')), entries };
}
