import { type DatabaseAccount, urlOf } from '../config/common.js';
import { configArguments, logFileOf, novaDatabaseFile } from '../config/files.js';
import type { Deployment } from '../deployment/deployment.js';
import { installedVersions } from '../machine/dpkg.js';
import { runCommand } from '../process/command.js';
import { baseEnvironment } from '../process/environment.js';
import { Marker } from '../steps/marker.js';
import type { Step } from '../steps/step.js';
import { recreateDatabases } from './sql.js';

type Command = readonly [string, ...string[]];

/** The databases of one account and the commands, run one after the other, that give them their tables. */
interface SchemaJob {
  readonly account: DatabaseAccount;
  readonly title: string;
  /** The package whose version decides whether the tables are those that the service wants. */
  readonly package: string;
  readonly commands: readonly Command[];
  /** Run after those, but only until they have once been successful. */
  readonly firstTime?: readonly Command[];
  readonly environment?: Readonly<Record<string, string>>;
}

function keystoneJob(deployment: Deployment): SchemaJob {
  const manage = ['/usr/bin/keystone-manage', ...configArguments(deployment, 'keystone')] as const;
  const url = urlOf(deployment, 'keystone', '/v3');
  return {
    account: 'keystone',
    title: 'Tables of Keystone',
    package: 'keystone',
    commands: [
      [...manage, 'db_sync'],
      [...manage, 'bootstrap'],
    ],
    environment: {
      OS_BOOTSTRAP_USERNAME: 'admin',
      OS_BOOTSTRAP_PASSWORD: deployment.secrets.admin,
      OS_BOOTSTRAP_PROJECT_NAME: 'admin',
      OS_BOOTSTRAP_ROLE_NAME: 'admin',
      OS_BOOTSTRAP_SERVICE_NAME: 'keystone',
      OS_BOOTSTRAP_REGION_ID: deployment.region,
      OS_BOOTSTRAP_ADMIN_URL: url,
      OS_BOOTSTRAP_INTERNAL_URL: url,
      OS_BOOTSTRAP_PUBLIC_URL: url,
    },
  };
}

function novaJob(deployment: Deployment): SchemaJob {
  const databases = ['--config-file', novaDatabaseFile(deployment)] as const;
  const manage = ['/usr/bin/nova-manage', ...configArguments(deployment, 'nova'), ...databases] as const;
  return {
    account: 'nova',
    title: 'Tables of Nova',
    package: 'nova-common',
    commands: [
      [...manage, 'api_db', 'sync'],
      // Cell 0's database is the first cell's with "_cell0" added: Nova's own rule when told none.
      [...manage, 'cell_v2', 'map_cell0'],
      [...manage, 'db', 'sync'],
    ],
    firstTime: [[...manage, 'cell_v2', 'create_cell', '--name=cell1']],
  };
}

function jobs(deployment: Deployment): SchemaJob[] {
  const config = (project: Parameters<typeof configArguments>[1]) => configArguments(deployment, project);
  return [
    keystoneJob(deployment),
    novaJob(deployment),
    {
      account: 'neutron',
      title: 'Tables of Neutron',
      package: 'neutron-common',
      commands: [['/usr/bin/neutron-db-manage', ...config('neutron'), 'upgrade', 'heads']],
    },
    {
      account: 'cinder',
      title: 'Tables of Cinder',
      package: 'cinder-common',
      commands: [['/usr/bin/cinder-manage', ...config('cinder'), 'db', 'sync']],
    },
    {
      account: 'glance',
      title: 'Tables of Glance',
      package: 'glance-common',
      commands: [['/usr/bin/glance-manage', ...config('glance'), 'db_sync']],
    },
    {
      account: 'placement',
      title: 'Tables of Placement',
      package: 'placement-common',
      commands: [['/usr/bin/placement-manage', ...config('placement'), 'db', 'sync']],
    },
  ];
}

/** What is remembered about an account's tables. */
export const schemaMarker = (deployment: Deployment, account: DatabaseAccount) =>
  new Marker(deployment.paths, `database-${account}`);

function schemaStep(deployment: Deployment, job: SchemaJob): Step {
  const marker = schemaMarker(deployment, job.account);
  const currentVersion = async () => (await installedVersions()).get(job.package) ?? 'unknown';
  return {
    name: `database-${job.account}`,
    title: job.title,
    after: ['databases'],
    check: async () => (await marker.read())?.finished === (await currentVersion()),
    run: async ({ signal }) => {
      const before = await marker.read();
      const version = await currentVersion();
      // MariaDB cannot take back half of a migration; before the first end there is nothing to lose.
      if (before && before.finished === undefined) await recreateDatabases(deployment, job.account, signal);
      await marker.write({ ...before, started: version });
      const firstTime = before?.finished === undefined ? (job.firstTime ?? []) : [];
      for (const command of [...job.commands, ...firstTime]) {
        const program = {
          command,
          environment: { ...baseEnvironment(deployment), ...job.environment },
          workingDirectory: deployment.paths.data,
          logFile: logFileOf(deployment, `database-${job.account}`),
        };
        await runCommand(program, { signal });
      }
      await marker.write({ started: version, finished: version });
      return undefined;
    },
  };
}

/** The steps that give every service's databases their tables; all may run at once. */
export function schemaSteps(deployment: Deployment): Step[] {
  return jobs(deployment).map((job) => schemaStep(deployment, job));
}
