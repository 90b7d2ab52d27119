import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AtomEntry, linkOf, readEntries, readFeed, textOf, writeDocument, XmlError } from '../index.js';

const uom = 'http://www.ibm.com/xmlns/systems/power/firmware/uom/mc/2012_10/';

function entry(id: string): string {
  return (
    `<entry><id>${id}</id><title>VirtualSwitch</title><published>2026-01-01T00:00:00.000Z</published>` +
    `<link rel="SELF" href="http://localhost:12080/rest/api/uom/VirtualSwitch/${id}"/>` +
    `<e:etag xmlns:e="${uom}">\n 5\n</e:etag><content type="application/vnd.ibm.powervm.uom+xml; type=VirtualSwitch">` +
    `<VirtualSwitch xmlns="${uom}"><SwitchName kb="CUD">Größe &amp; 😀</SwitchName></VirtualSwitch></content></entry>`
  );
}

function feed(ids: readonly string[], tail = '</feed>'): string {
  const head =
    '<id>FEED</id><updated>2026-01-01T00:00:00.000Z</updated><link rel="self" href="/f"/><generator>G</generator>';
  return `<feed xmlns="http://www.w3.org/2005/Atom">${head}${ids.map((id) => `\n  ${entry(id)}`).join('')}\n${tail}`;
}

function* pieces(text: string, sizes: readonly number[]): Generator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0, n = 0; at < bytes.length; n += 1) {
    const size = sizes[n % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function collect(stream: AsyncIterable<AtomEntry>): Promise<AtomEntry[]> {
  const found: AtomEntry[] = [];
  for await (const each of stream) found.push(each);
  return found;
}

test('a feed cut anywhere gives the same entries as the feed read whole', async () => {
  const text = feed(['A', 'B', 'C']);
  const whole = readFeed(text);
  const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(sizes, async (cuts) => {
      const stream = readEntries(pieces(text, cuts));
      const entries = await collect(stream);
      assert.deepEqual(stream.feed, whole.feed);
      assert.deepEqual(entries.map(describe), whole.entries.map(describe));
    }),
    { numRuns: 200 },
  );
});

function describe(each: AtomEntry): unknown {
  const { element, content, ...fields } = each;
  return [fields, writeDocument(element), content && writeDocument(content)];
}

test('envelope fields are read and the etag is trimmed', async () => {
  const [first] = await collect(readEntries([Buffer.from(feed(['A']))]));
  assert.ok(first?.content);
  assert.deepEqual([first.id, first.title, first.etag], ['A', 'VirtualSwitch', '5']);
  assert.equal(linkOf(first, 'self')?.href, 'http://localhost:12080/rest/api/uom/VirtualSwitch/A');
  assert.equal(textOf(first.content), '');
  assert.equal(readFeed(writeDocument(first.element)).entries[0]?.etag, '5', 'an entry stands alone');
});

test('a single entry is a stream of one without feed', async () => {
  const source = entry('A').replace('<entry>', '<entry xmlns="http://www.w3.org/2005/Atom">');
  const stream = readEntries(pieces(source, [7]));
  assert.deepEqual(
    (await collect(stream)).map((each) => each.id),
    ['A'],
  );
  assert.equal(stream.feed, undefined);
  assert.equal(readFeed(source).entries.length, 1);
});

test('a feed without entries is legal', async () => {
  const stream = readEntries(pieces(feed([]), [50]));
  assert.deepEqual(await collect(stream), []);
  assert.equal(stream.feed?.id, 'FEED');
});

test('entries in front of a fault are given before the fault is thrown', async () => {
  const ids: string[] = [];
  const reading = async () => {
    for await (const each of readEntries([Buffer.from(feed(['A', 'B'], '<entry><oops></entry></feed>'))]))
      ids.push(each.id);
  };
  await assert.rejects(reading(), { code: 'XML_MISMATCHED_TAG' });
  assert.deepEqual(ids, ['A', 'B']);
});

test('a truncated feed is refused, never taken for a short one', async () => {
  const text = feed(['A', 'B']);
  for (const cut of [1, 10, 200, 700, text.length - 8]) {
    await assert.rejects(collect(readEntries(pieces(text.slice(0, text.length - cut), [64]))), XmlError);
  }
  await assert.rejects(collect(readEntries([])), { code: 'XML_EMPTY' });
});

test('another document is refused', async () => {
  const other = Buffer.from(`<LogonResponse xmlns="${uom}"><a/></LogonResponse>`);
  await assert.rejects(collect(readEntries([other])), { code: 'XML_NOT_A_FEED' });
  assert.throws(() => readFeed(other), { code: 'XML_NOT_A_FEED' });
});

test('leaving the loop closes the source, and entries are not held', async () => {
  let closed = false;
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      yield Buffer.from(feed([], ''));
      for (;;) yield Buffer.from(entry('X'));
    } finally {
      closed = true;
    }
  }
  let seen = 0;
  for await (const _ of readEntries(endless())) {
    seen += 1;
    if (seen === 10_000) break;
  }
  assert.ok(closed);
});
