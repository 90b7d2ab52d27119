// Writes site.schema.json: node packages/simulator/dist/site/generate.js
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { siteJsonSchema } from './json-schema.js';

const file = join(import.meta.dirname, '../../site.schema.json');
writeFileSync(file, `${JSON.stringify(siteJsonSchema(), undefined, 2)}\n`);
