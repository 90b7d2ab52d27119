import { type FSWatcher, mkdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file of `sys` that does something when it is written; it always reads as empty. */
export class WrittenFile {
  readonly #watcher: FSWatcher;

  constructor(path: string, onWritten: (text: string) => void) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
    this.#watcher = watch(path, { persistent: false }, () => {
      const text = readIfThere(path);
      if (text === '') return;
      writeFileSync(path, '');
      onWritten(text.trim());
    });
  }

  close(): void {
    this.#watcher.close();
  }
}

/** The last event may come after the file's removal. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
