import { join } from 'node:path';

/** Where everything of one deployment lives; all of it is under `state`. */
export interface Paths {
  /** The repository that was built. */
  readonly repository: string;
  /** The state directory: `npm run clean` removes it whole. */
  readonly state: string;
  /** Rendered configuration files, one folder per service. */
  readonly etc: string;
  /** One log file per service or command. */
  readonly log: string;
  /** One process record per running service, and the Unix sockets. */
  readonly run: string;
  /** What a step leaves behind to be recognised as finished by the next run. */
  readonly done: string;
  /** Databases, queues, images, key repositories. */
  readonly data: string;
  /** The file to source for the `openstack` client (mode 0600: it holds the administrator's password). */
  readonly openrc: string;
}

/**
 * A Unix socket's path holds 107 bytes (unix(7)); the longest one below the state directory is
 * `run/compute.sock`, and MariaDB appends to its own.
 */
const longestStatePath = 80;

/** Lays out a state directory; refuses one that is too long for Unix sockets. */
export function layOut(repository: string, state: string): Paths {
  if (Buffer.byteLength(state) > longestStatePath) {
    throw new RangeError(
      `The state directory's path is longer than ${longestStatePath} bytes, too long for Unix sockets: ${state}. ` +
        'Set POWERVM_STATE_DIR to a shorter one.',
    );
  }
  return {
    repository,
    state,
    etc: join(state, 'etc'),
    log: join(state, 'log'),
    run: join(state, 'run'),
    done: join(state, 'done'),
    data: join(state, 'data'),
    openrc: join(state, 'openrc'),
  };
}
