import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cliPage } from './cli.js';
import { configurationPage } from './configuration.js';
import { metricsTables, withGenerated } from './metrics.js';
import { sampleFile } from './sample.js';
import { configured } from './settings.js';
import { troubleshootingPage } from './troubleshooting.js';

const root = resolve(import.meta.dirname, '../../..');

/** Every generated guide and sample file: path in the repository → text. `npm run docs:guides` writes them. */
export function generatedGuides(): ReadonlyMap<string, string> {
  const operations = readFileSync(join(root, 'docs/operations.md'), 'utf8');
  return new Map([
    ['docs/cli.md', cliPage()],
    ['docs/configuration.md', configurationPage()],
    ['docs/troubleshooting.md', troubleshootingPage()],
    ['docs/operations.md', withGenerated(operations, 'metrics', metricsTables())],
    ...configured.map((each) => [`packaging/etc/${each.sample}`, sampleFile(each)] as const),
  ]);
}
