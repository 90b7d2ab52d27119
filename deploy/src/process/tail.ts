import { open } from 'node:fs/promises';

/** As much of a log's end as is looked at, bytes. */
const window = 16 * 1024;

/** The last lines that were written to a log file after the offset `from` (bytes). */
export async function tailOf(file: string, from: number, lines = 12): Promise<string[]> {
  const log = await open(file, 'r').catch(() => undefined);
  if (!log) return [];
  try {
    const { size } = await log.stat();
    const start = Math.max(from, size - window);
    const { buffer, bytesRead } = await log.read(
      Buffer.alloc(Math.max(0, size - start)),
      0,
      undefined,
      start,
    );
    const text = buffer.subarray(0, bytesRead).toString('utf8').trimEnd();
    return text === '' ? [] : text.split('\n').slice(-lines);
  } finally {
    await log.close();
  }
}
