import { readFile } from 'node:fs/promises';

/** The oldest Debian whose packages hold a Nova that we support (12: OpenStack Zed). */
const oldestDebian = 12;

async function osRelease(): Promise<Map<string, string>> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => /^(\w+)="?([^"]*)"?$/.exec(line));
  return new Map(lines.flatMap((match) => (match?.[1] ? [[match[1], match[2] ?? '']] : [])));
}

/** What keeps the whole OpenStack from running on this machine, in plain words; empty when nothing does. */
export async function obstacles(): Promise<string[]> {
  const found: string[] = [];
  const release = await osRelease();
  const version = Number(release.get('VERSION_ID') ?? Number.POSITIVE_INFINITY); // testing has no number
  if (process.platform !== 'linux' || release.get('ID') !== 'debian' || version < oldestDebian) {
    const name = release.get('PRETTY_NAME') ?? process.platform;
    found.push(`OpenStack comes from the packages of Debian ${oldestDebian} or newer, and this is ${name}`);
  }
  if (process.getuid?.() !== 0) {
    found.push('installing packages and running OpenStack needs root, and this is an ordinary user');
  }
  return found;
}
