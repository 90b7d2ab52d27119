import type { Deployment } from '../deployment/deployment.js';

/**
 * The command that serves a WSGI program of Debian's on a port. One thread per process: Keystone publishes
 * its policy to other threads before it has read the rules, and they refuse their first requests (403).
 */
export function wsgiCommand(
  deployment: Deployment,
  options: { program: string; port: number },
): readonly [string, ...string[]] {
  return [
    '/usr/bin/uwsgi_python3',
    '--master',
    '--lazy-apps',
    '--enable-threads',
    '--die-on-term',
    '--need-app',
    '--disable-logging',
    ...['--buffer-size', '65535', '--listen', '100'],
    ...['--rem-header', 'Content-Length', '--add-header', 'Connection: close'],
    ...['--http-socket', `${deployment.address}:${options.port}`],
    ...['--processes', '2', '--threads', '1'],
    ...['--wsgi-file', options.program],
  ];
}
