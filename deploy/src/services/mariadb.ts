import { join } from 'node:path';
import type { Deployment } from '../deployment/deployment.js';
import { type Service, stage } from './service.js';

/** Folder of the databases. */
export const mariadbData = (deployment: Deployment) => join(deployment.paths.data, 'mariadb');

/** The socket on which the machine's root is the databases' administrator. */
export const mariadbSocket = (deployment: Deployment) => join(deployment.paths.run, 'mariadb.sock');

/**
 * The database server. It runs as root: a repository below /root cannot be entered by anybody else, and
 * it listens on loopback only. Durability is traded for speed: a crash of the machine may cost the last
 * second, and `npm start` is all that it takes to begin anew.
 */
export const mariadb = (deployment: Deployment): Service => ({
  name: 'mariadb',
  title: 'MariaDB',
  after: ['mariadb-data'],
  stage: stage.ground,
  command: [
    '/usr/sbin/mariadbd',
    '--no-defaults',
    '--user=root',
    `--datadir=${mariadbData(deployment)}`,
    `--socket=${mariadbSocket(deployment)}`,
    `--pid-file=${join(mariadbData(deployment), 'mariadbd.pid')}`,
    `--bind-address=${deployment.address}`,
    `--port=${deployment.ports.mariadb}`,
    '--character-set-server=utf8mb4',
    '--max-connections=500',
    '--innodb-buffer-pool-size=256M',
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-doublewrite=0',
    '--skip-log-bin',
    '--performance-schema=OFF',
    '--skip-name-resolve',
  ],
  ports: [deployment.ports.mariadb],
  ready: { kind: 'tcp', port: deployment.ports.mariadb },
  graceMs: 30_000,
});
