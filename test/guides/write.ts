import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { generatedGuides } from './guides.js';

/** Writes the generated guides anew: `npm run docs:guides`. */
const root = resolve(import.meta.dirname, '../../..');
for (const [path, text] of generatedGuides()) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
