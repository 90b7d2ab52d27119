import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../../..');
const folder = join(process.env['POWERVM_CAPTURES'] ?? resolve(root, '../shared/captures'), 'oslo-messaging');

/** Options for tests that need the captured messages: skips them, visibly, where there are none. */
export const needsCaptures = existsSync(folder) ? {} : { skip: `no captures in ${folder}` };

/** One event of a capture file, as its README describes it. */
export interface CapturedEvent {
  readonly dir: 'C->S' | 'S->C';
  readonly method?: string;
  readonly args?: Record<string, unknown>;
  readonly properties?: Record<string, unknown>;
  readonly message?: Record<string, unknown>;
}

export function captured(file: string): CapturedEvent[] {
  return existsSync(folder) ? JSON.parse(readFileSync(join(folder, file), 'utf8')) : [];
}
