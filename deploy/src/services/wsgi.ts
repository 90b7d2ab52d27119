import type { Deployment } from '../deployment/deployment.js';

/** The command that serves a WSGI program of Debian's on a port. */
export function wsgiCommand(
  deployment: Deployment,
  options: { program: string; port: number; processes: number },
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
    ...['--processes', `${options.processes}`, '--threads', '4'],
    ...['--wsgi-file', options.program],
  ];
}
