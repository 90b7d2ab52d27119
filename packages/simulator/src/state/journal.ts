import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** A file to which texts are added. One that was being added when the machine stopped is not there afterwards. */
export class Journal {
  readonly #file: FileHandle;
  #bytes = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** A new, empty one. Its name is safe only when the directory is synchronized. */
  static async create(path: string): Promise<Journal> {
    return new Journal(await open(path, 'wx', 0o600));
  }

  /** How long it has become. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Resolves when the text, one line, is on the medium. After an error nothing must be added any more. */
  async add(text: string): Promise<void> {
    const line = Buffer.from(`${sumOf(text)} ${text}\n`);
    await this.#file.writeFile(line);
    await this.#file.datasync();
    this.#bytes += line.length;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** The texts that were added. Throws a `TypeError` when one before the last is damaged: no interruption does that. */
export function textsOf(journal: string): string[] {
  const lines = journal.split('\n');
  // What follows the last line end was not written to its end.
  lines.pop();
  const texts: string[] = [];
  for (const [index, line] of lines.entries()) {
    const text = line.slice(SUM_LENGTH + 1);
    if (line.slice(0, SUM_LENGTH) === sumOf(text)) texts.push(text);
    else if (index < lines.length - 1) throw new TypeError(`line ${index + 1} of its changes is damaged`);
  }
  return texts;
}

const SUM_LENGTH = 8;

const sumOf = (text: string): string => crc32(text).toString(16).padStart(SUM_LENGTH, '0');
