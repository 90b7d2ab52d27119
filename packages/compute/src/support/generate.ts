// Writes docs/support-matrix.md: node packages/compute/dist/support/generate.js
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { supportMatrix } from './matrix.js';

writeFileSync(join(import.meta.dirname, '../../../../docs/support-matrix.md'), supportMatrix());
