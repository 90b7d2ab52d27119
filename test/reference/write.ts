import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { referencePages } from './pages.js';

/** Writes docs/reference anew: `npm run docs:reference`. */
const folder = resolve(import.meta.dirname, '../../../docs/reference');
mkdirSync(folder, { recursive: true });
for (const old of readdirSync(folder)) rmSync(join(folder, old));
for (const [name, text] of referencePages()) writeFileSync(join(folder, name), text);
