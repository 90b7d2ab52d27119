import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { tempestSample } from '../tempest/sample.js';
import { cliPage } from './cli.js';
import { configurationPage } from './configuration.js';
import { flavorKeyTable } from './flavor-keys.js';
import { metricsTables, withGenerated } from './metrics.js';
import { sampleFile } from './sample.js';
import { configured } from './settings.js';
import { troubleshootingPage } from './troubleshooting.js';

const root = resolve(import.meta.dirname, '../../..');

/** Every generated guide and sample file: path in the repository → text. `npm run docs:guides` writes them. */
export function generatedGuides(): ReadonlyMap<string, string> {
  const withTable = (page: string, mark: string, table: string) =>
    [page, withGenerated(readFileSync(join(root, page), 'utf8'), mark, table)] as const;
  return new Map([
    ['docs/cli.md', cliPage()],
    ['docs/configuration.md', configurationPage()],
    ['docs/troubleshooting.md', troubleshootingPage()],
    withTable('docs/operations.md', 'metrics', metricsTables()),
    withTable('docs/user-guide.md', 'flavor-keys', flavorKeyTable()),
    ['packaging/etc/tempest.conf.sample', tempestSample()],
    ...configured.map((each) => [`packaging/etc/${each.sample}`, sampleFile(each)] as const),
  ]);
}
