import { observe } from '@openstack-powervm/rest';
import type { Log } from './log.js';

/** Tells the operator why a daemon waits: a failed logon may be tried again for minutes (RETRY-2). */
export function watchConsole(log: Log): () => void {
  return observe('powervm.rest.session', ({ origin, step, error, reason }) => {
    if (step !== 'logon-failed' && step !== 'relogon-failed') return;
    log.warn(`logon to the PowerVM REST server ${origin} failed: ${reason ?? error}`, { code: error });
  });
}
