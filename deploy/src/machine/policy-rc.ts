import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises';

/** invoke-rc.d asks this program before an installation starts a service. */
const policyFile = '/usr/sbin/policy-rc.d';

/** Where the machine's own policy waits meanwhile. */
const savedFile = `${policyFile}.before-openstack-powervm`;

const ourPolicy =
  '#!/bin/sh\n# Placed by openstack-powervm while it installs packages: start no service.\nexit 101\n';

async function moveIfPresent(from: string, to: string): Promise<void> {
  await rename(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

/** Gives the machine its own policy back, also after an installation that was cut off. */
export async function restorePolicy(): Promise<void> {
  const present = await readFile(policyFile, 'utf8').catch(() => '');
  if (present === ourPolicy) await rm(policyFile);
  await moveIfPresent(savedFile, policyFile);
}

/** Does something while no installation may start a service. */
export async function withoutServiceStarts<T>(action: () => Promise<T>): Promise<T> {
  await restorePolicy();
  await moveIfPresent(policyFile, savedFile);
  try {
    await writeFile(policyFile, ourPolicy);
    await chmod(policyFile, 0o755);
    return await action();
  } finally {
    await restorePolicy();
  }
}
