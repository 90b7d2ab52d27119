import type { Deployment } from '../deployment/deployment.js';
import { familyVariable } from './family.js';

/**
 * The environment of everything that we start: Debian's programs before any others, no proxy between
 * services on loopback, no Python modules from a user's home, and the mark by which `npm stop` knows it.
 */
export function baseEnvironment(deployment: Deployment): Record<string, string> {
  return {
    PATH: '/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin',
    LC_ALL: 'C.UTF-8',
    HOME: deployment.paths.data,
    PYTHONNOUSERSITE: '1',
    [familyVariable]: deployment.id,
  };
}
