import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { allConfigFiles, overridesFolderOf, type Project } from '../config/files.js';
import { keyRepository } from '../config/keystone.js';
import type { Deployment } from '../deployment/deployment.js';
import { readIfPresent, writePrivateFile } from '../deployment/files.js';
import { installPackages } from '../machine/apt.js';
import { missingPackages } from '../machine/dpkg.js';
import { takenPorts } from '../machine/listeners.js';
import { packages } from '../machine/packages.js';
import { isRunning } from '../process/identity.js';
import { readRecord } from '../process/record.js';
import type { Service } from '../services/service.js';
import { DeployError } from '../steps/failure.js';
import type { Step } from '../steps/step.js';

/** Installs the Debian packages that are missing. */
export function packagesStep(deployment: Deployment, names: readonly string[] = packages): Step {
  return {
    name: 'packages',
    title: 'Debian packages',
    after: [],
    check: async () => (await missingPackages(names)).length === 0,
    run: async (context) => {
      const missing = await missingPackages(names);
      await installPackages(deployment, missing, context);
      return `${missing.length} and what they need`;
    },
  };
}

/** Sees that nobody else listens where our services will. */
export function portsStep(deployment: Deployment, services: readonly Service[]): Step {
  return {
    name: 'ports',
    title: 'Free ports',
    after: [],
    run: async () => {
      const records = await Promise.all(
        services.map((service) => readRecord(deployment.paths, service.name)),
      );
      const idle = services.filter((_, index) => {
        const record = records[index];
        return record === undefined || !isRunning(record.process);
      });
      const taken = await takenPorts(idle.flatMap((service) => service.ports ?? []));
      if (taken.size === 0) return undefined;
      const list = [...taken].map(([port, holder]) => `${port} is held by ${holder}`).join('; ');
      throw new DeployError({
        what: `${taken.size === 1 ? 'a port that we need is' : 'ports that we need are'} in use`,
        why: list,
        tryThis: `end that process, or move our ports: npm run clean, then POWERVM_PORT_BASE=${deployment.ports.keystone + 2000} npm start`,
      });
    },
  };
}

const projects: readonly Project[] = ['keystone', 'placement', 'glance', 'neutron', 'cinder', 'nova'];

/** Two keys, the staged and the primary one, as `keystone-manage fernet_setup` would leave them. */
async function ensureKeys(folder: string): Promise<void> {
  for (const name of ['0', '1']) {
    const file = join(folder, name);
    const key = randomBytes(32).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
    if ((await readIfPresent(file)) === undefined) await writePrivateFile(file, key);
  }
}

/** Writes configuration files, keys and the openrc file. */
export function configurationStep(deployment: Deployment): Step {
  return {
    name: 'configuration',
    title: 'Configuration files',
    after: ['packages', 'ports'],
    run: async () => {
      for (const project of projects) {
        await mkdir(overridesFolderOf(deployment, project), { recursive: true, mode: 0o700 });
      }
      for (const [file, text] of allConfigFiles(deployment)) {
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        await writePrivateFile(file, text);
      }
      await ensureKeys(keyRepository(deployment, 'fernet-keys'));
      await ensureKeys(keyRepository(deployment, 'credential-keys'));
      return undefined;
    },
  };
}
