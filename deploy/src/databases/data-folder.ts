import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deployment } from '../deployment/deployment.js';
import { runCommand } from '../process/command.js';
import { baseEnvironment } from '../process/environment.js';
import { mariadbData } from '../services/mariadb.js';
import { Marker } from '../steps/marker.js';
import type { Step } from '../steps/step.js';
import { accounts } from './accounts.js';
import { schemaMarker } from './schema.js';

/** The step that prepares MariaDB's folder; one that was not finished is begun anew, and all databases with it. */
export function dataFolderStep(deployment: Deployment): Step {
  const marker = new Marker(deployment.paths, 'mariadb-data');
  const folder = mariadbData(deployment);
  return {
    name: 'mariadb-data',
    title: 'Database folder',
    after: ['configuration'],
    check: async () => (await marker.read())?.finished === 'yes',
    run: async ({ signal }) => {
      await rm(folder, { recursive: true, force: true });
      for (const account of accounts) await schemaMarker(deployment, account).remove();
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await runCommand(
        {
          command: [
            '/usr/bin/mariadb-install-db',
            '--no-defaults',
            '--user=root',
            `--datadir=${folder}`,
            '--auth-root-authentication-method=socket',
            '--skip-test-db',
          ],
          environment: baseEnvironment(deployment),
          workingDirectory: deployment.paths.data,
          logFile: join(deployment.paths.log, 'mariadb-data.log'),
        },
        { signal },
      );
      await marker.write({ finished: 'yes' });
      return undefined;
    },
  };
}
