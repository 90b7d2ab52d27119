import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DuplicateFilter } from './duplicates.js';

test('a copy is recognised behind thousands of other messages, and not for ever', () => {
  const filter = new DuplicateFilter();
  const thousands = Array.from({ length: 5000 }, (_, n) => `id ${n}`);
  assert.deepEqual(
    thousands.filter((id) => filter.isDuplicate(id)),
    [],
  );
  assert.deepEqual(
    thousands.filter((id) => !filter.isDuplicate(id)),
    [],
  );
  for (let n = 0; n < 10_000; n += 1) filter.isDuplicate(`later ${n}`);
  assert.equal(filter.isDuplicate('id 0'), false);
});

test('messages without an id are never copies', () => {
  const filter = new DuplicateFilter();
  assert.equal(filter.isDuplicate(undefined), false);
  assert.equal(filter.isDuplicate(undefined), false);
});
