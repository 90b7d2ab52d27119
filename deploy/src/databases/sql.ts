import { join } from 'node:path';
import type { DatabaseAccount } from '../config/common.js';
import type { Deployment } from '../deployment/deployment.js';
import { runCommand } from '../process/command.js';
import { baseEnvironment } from '../process/environment.js';
import { mariadbSocket } from '../services/mariadb.js';
import { accounts, databases } from './accounts.js';

/** Runs statements as the databases' administrator; they are not logged, since some hold passwords. */
async function execute(
  deployment: Deployment,
  statements: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const program = {
    command: [
      '/usr/bin/mariadb',
      '--no-defaults',
      '--user=root',
      `--socket=${mariadbSocket(deployment)}`,
    ] as const,
    environment: baseEnvironment(deployment),
    workingDirectory: deployment.paths.data,
    logFile: join(deployment.paths.log, 'databases.log'),
  };
  await runCommand(program, { signal, input: statements.map((statement) => `${statement};\n`).join('') });
}

function creation(deployment: Deployment, account: DatabaseAccount, database: string): string[] {
  const user = `'${account}'@'${deployment.address}'`;
  const password = deployment.secrets[`${account}Database`];
  return [
    `CREATE DATABASE IF NOT EXISTS ${database} CHARACTER SET utf8mb4`,
    `GRANT ALL ON ${database}.* TO ${user} IDENTIFIED BY '${password}'`,
  ];
}

/** Creates those databases and accounts that are not there; sets the accounts' passwords. */
export async function createDatabases(deployment: Deployment, signal: AbortSignal): Promise<void> {
  const statements = accounts.flatMap((account) =>
    databases[account].flatMap((database) => creation(deployment, account, database)),
  );
  await execute(deployment, statements, signal);
}

/** Empties an account's databases. */
export async function recreateDatabases(
  deployment: Deployment,
  account: DatabaseAccount,
  signal: AbortSignal,
): Promise<void> {
  const statements = databases[account].flatMap((database) => [
    `DROP DATABASE IF EXISTS ${database}`,
    ...creation(deployment, account, database),
  ]);
  await execute(deployment, statements, signal);
}
