import { once } from 'node:events';

/** Where a command writes what it was asked for. */
export type Write = (text: string) => Promise<void>;

/** Writes to the standard output at the reader's pace. A reader that has seen enough (`| head`) is no error. */
export async function writeOut(text: string): Promise<void> {
  const { stdout } = process;
  if (stdout.destroyed || stdout.write(text)) return;
  await Promise.race([once(stdout, 'drain'), once(stdout, 'close')]);
}

/** Ends the process quietly when the reader of the standard output has gone. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}
