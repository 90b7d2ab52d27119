import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CapturedFeed } from './captures.js';

/** Writes a feed of `count` entries: the captured ones over and over, each time with a new id. */
export async function writeFeedFile(path: string, feed: CapturedFeed, count: number): Promise<void> {
  await pipeline(Readable.from(feedPieces(feed, count)), createWriteStream(path));
}

function* feedPieces({ head, entries }: CapturedFeed, count: number): Generator<string> {
  yield head;
  for (let index = 0; index < count; index += 1) yield withNewId(entries[index % entries.length] ?? '');
  yield '</feed>\n';
}

/** The id of an entry occurs in its envelope, its links and its content. */
function withNewId(entry: string): string {
  const id = /<id>\s*([^<\s]+)/.exec(entry)?.[1];
  return id === undefined ? entry : entry.replaceAll(id, randomUUID().toUpperCase());
}
