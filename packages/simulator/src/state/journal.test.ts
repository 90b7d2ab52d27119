import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Journal, textsOf } from './journal.js';

test('what was added is read back; what was not added to its end is not', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'sim-journal-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'changes');
  const journal = await Journal.create(path);
  const texts = ['one', 'zwölf', '{"three":3}'];
  for (const text of texts) await journal.add(text);
  const written = await readFile(path);
  assert.equal(journal.bytes, written.length);
  await journal.close();
  await assert.rejects(Journal.create(path), { code: 'EEXIST' });
  const lengths = new Set<number>();
  for (let end = 0; end <= written.length; end += 1) {
    const read = textsOf(written.subarray(0, end).toString('utf8'));
    assert.deepEqual(read, texts.slice(0, read.length), `cut at ${end}`);
    lengths.add(read.length);
  }
  assert.deepEqual([...lengths], [0, 1, 2, 3]);
});

test('damage at the end is an interruption, damage before it is told', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'sim-journal-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'changes');
  const journal = await Journal.create(path);
  for (const text of ['first', 'second', 'third']) await journal.add(text);
  await journal.close();
  const written = await readFile(path, 'utf8');
  assert.deepEqual(textsOf(written.replace('third', 'thi\0d')), ['first', 'second']);
  assert.throws(() => textsOf(written.replace('second', 'sec0nd')), /line 2 of its changes is damaged/);
});
