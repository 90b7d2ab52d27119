import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Replaces a file as a whole: whoever reads it, and whenever the machine stops, finds the old text or the new one. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.new`;
  await using(await open(draft, 'w', 0o600), async (file) => {
    await file.writeFile(text);
    await file.datasync();
  });
  await rename(draft, path);
  await using(await open(dirname(path), 'r'), (folder) => folder.sync());
}

async function using(file: FileHandle, work: (file: FileHandle) => Promise<void>): Promise<void> {
  try {
    await work(file);
  } finally {
    await file.close();
  }
}
