import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { ByteStore } from './byte-store.js';
import { Extents } from './extents.js';

const directory = await mkdtemp(join(tmpdir(), 'sim-bytes-'));
after(() => rm(directory, { recursive: true }));

const GB = 1024 ** 3;

async function* pieces(...buffers: Buffer[]): AsyncGenerator<Buffer> {
  yield* buffers;
}

async function collect(store: ByteStore, key: string, end: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of store.read(key, 0, end)) parts.push(part);
  return Buffer.concat(parts);
}

test('a terabyte disk holds an image and costs only the image', async () => {
  const store = new ByteStore(directory);
  store.create('03disk.1', 1024 * GB);
  const image = Buffer.concat([Buffer.from('boot'), Buffer.alloc(300_000), Buffer.from('end')]);
  const written = await store.write('03disk.1', pieces(image.subarray(0, 7), image.subarray(7)));
  assert.equal(written.sizeBytes, image.length);
  assert.deepEqual(await collect(store, '03disk.1', image.length), image);
  const info = store.info('03disk.1');
  assert.ok(info !== undefined);
  assert.ok((await stat(info.path)).size < 1_000_000);
  assert.equal(info.sizeBytes, 1024 * GB);
});

test('a copy reads the same and does not follow its source', async () => {
  const store = new ByteStore(directory);
  store.create('a', 1_000_000);
  store.create('b', 500_000);
  const content = Buffer.alloc(600_000, 7);
  await store.write('a', pieces(content));
  await store.copy('a', 'b');
  await store.write('a', pieces(Buffer.from('changed')));
  assert.deepEqual(await collect(store, 'b', 1_000_000), content.subarray(0, 500_000));
});

test('zeros overwrite what was there before', async () => {
  const store = new ByteStore(directory);
  store.create('c', 200_000);
  await store.write('c', pieces(Buffer.alloc(200_000, 1)));
  await store.write('c', pieces(Buffer.alloc(100_000)));
  assert.deepEqual(
    await collect(store, 'c', 200_000),
    Buffer.concat([Buffer.alloc(100_000), Buffer.alloc(100_000, 1)]),
  );
});

test('more bytes than the disk holds are refused', async () => {
  const store = new ByteStore(directory);
  store.create('d', 10);
  await assert.rejects(store.write('d', pieces(Buffer.alloc(11))), RangeError);
});

test('extents cover exactly what was added', () => {
  const range = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }));
  fc.assert(
    fc.property(fc.array(range), fc.integer({ min: 0, max: 80 }), (ranges, size) => {
      const extents = new Extents();
      const expected = new Set<number>();
      for (const [start, length] of ranges) {
        extents.add(start, start + length);
        for (let at = start; at < start + length; at += 1) expected.add(at);
      }
      extents.truncate(size);
      const covered = extents.list.flatMap(({ start, end }) =>
        Array.from({ length: end - start }, (_, index) => start + index),
      );
      assert.deepEqual(
        covered,
        [...expected].filter((at) => at < size).sort((a, b) => a - b),
      );
    }),
  );
});

test('a clone shares its bytes until either side is written', async () => {
  const store = new ByteStore(directory);
  const content = Buffer.concat([Buffer.alloc(200_000, 1), Buffer.alloc(200_000, 2)]);
  store.create('image', 1_000_000);
  await store.write('image', pieces(content));
  const occupied = store.occupied(['image']);
  store.clone('image', 'one', 2_000_000);
  store.clone('one', 'two', 2_000_000);
  assert.equal(store.occupied(['image', 'one', 'two']), occupied);
  await store.write('one', pieces(Buffer.alloc(150_000)));
  await store.write('image', pieces(Buffer.from('new')));
  const end = content.length;
  assert.deepEqual(
    await collect(store, 'one', end),
    Buffer.concat([Buffer.alloc(150_000), content.subarray(150_000)]),
  );
  assert.deepEqual(
    await collect(store, 'image', end),
    Buffer.concat([Buffer.from('new'), content.subarray(3)]),
  );
  assert.deepEqual(await collect(store, 'two', end), content);
  await store.remove('image');
  await store.remove('one');
  assert.deepEqual(await collect(store, 'two', 2_000_000), Buffer.concat([content, Buffer.alloc(1_600_000)]));
  store.create('copy', 500_000);
  await store.copy('two', 'copy');
  assert.deepEqual(await collect(store, 'copy', end), content);
});

test('files go with the last disk that reads them', async () => {
  const own = await mkdtemp(join(directory, 'own-'));
  const store = new ByteStore(own);
  store.create('image', 100_000);
  await store.write('image', pieces(Buffer.alloc(100_000, 1)));
  store.clone('image', 'clone', 100_000);
  await store.write('clone', pieces(Buffer.alloc(10, 2)));
  await store.remove('image');
  assert.equal((await readdir(own)).length, 2);
  await store.remove('clone');
  assert.deepEqual(await readdir(own), []);
});
