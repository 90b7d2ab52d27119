import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { referencePages } from '../reference/pages.js';

const folder = resolve(import.meta.dirname, '../../../docs/reference');

test('docs/reference is what the declarations say: npm run docs:reference', () => {
  const pages = referencePages();
  assert.deepEqual(readdirSync(folder).sort(), [...pages.keys()].sort());
  for (const [name, text] of pages) assert.equal(readFileSync(join(folder, name), 'utf8'), text, name);
});
