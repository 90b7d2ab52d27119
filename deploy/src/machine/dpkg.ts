import { readFile } from 'node:fs/promises';
import { packages } from './packages.js';

/** dpkg's list of packages: a paragraph each (dpkg(1), FILES). */
const statusFile = '/var/lib/dpkg/status';

function field(paragraph: string, name: string): string | undefined {
  return new RegExp(`^${name}: (.*)$`, 'm').exec(paragraph)?.[1];
}

/** The versions of all installed packages, by name. */
export async function installedVersions(): Promise<Map<string, string>> {
  const text = await readFile(statusFile, 'utf8').catch(() => '');
  const versions = new Map<string, string>();
  for (const paragraph of text.split('\n\n')) {
    const name = field(paragraph, 'Package');
    const version = field(paragraph, 'Version');
    if (name && version && field(paragraph, 'Status')?.endsWith(' installed')) versions.set(name, version);
  }
  return versions;
}

/** Those packages that are not installed. */
export async function missingPackages(names: readonly string[] = packages): Promise<string[]> {
  const installed = await installedVersions();
  return names.filter((name) => !installed.has(name));
}
