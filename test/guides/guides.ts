import { configurationPage } from './configuration.js';
import { sampleFile } from './sample.js';
import { configured } from './settings.js';

/** Every generated guide and sample file: path in the repository → text. `npm run docs:guides` writes them. */
export function generatedGuides(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/configuration.md', configurationPage()],
    ...configured.map((each) => [`packaging/etc/${each.sample}`, sampleFile(each)] as const),
  ]);
}
