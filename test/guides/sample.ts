import { unusedOptions } from '@openstack-powervm/compute';
import { byGroup, type Configured, type Setting } from './settings.js';

const width = 79;

/** A sample file: every option commented out at its default, with its help above it (CFG-4). */
export function sampleFile({ title, file, settings }: Configured): string {
  const head = `# Options of ${title} for PowerVM, to be copied into ${file}.\n# Every option is shown with its default.\n`;
  const groups = [...byGroup(settings)].map(
    ([group, own]) => `\n[${group}]\n${own.map((setting) => `\n${entry(setting)}`).join('')}`,
  );
  const tail = settings.some(({ name }) => name === 'disk_driver') ? unusedEntries() : '';
  return `${head}${groups.join('')}${tail}`;
}

function entry({ name, type, default: value, range, help }: Setting): string {
  const kind = range === '' ? type : `${type}, ${range}`;
  return `${comment(`${help} (${kind})`)}#${name} = ${value}`.trimEnd().concat('\n');
}

/** Options that other drivers had: an old nova.conf may keep them. */
function unusedEntries(): string {
  const intro = comment('Known from earlier PowerVM drivers, without effect here:');
  return `\n${intro}${[...unusedOptions.keys()].map((name) => `#   ${name}\n`).join('')}`;
}

function comment(text: string): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length + 3 > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.map((line) => `# ${line}\n`).join('');
}
