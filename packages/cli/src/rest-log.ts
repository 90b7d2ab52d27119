import { observe, type RetryObservation } from '@openstack-powervm/rest';
import type { Log, LogFields } from './log.js';

/**
 * Writes what an operator must know of the REST client into the log: why a daemon waits, what is repeated, what is
 * left behind on the console; at level debug every request. `context` adds what is being served at the moment.
 */
export function logRest(log: Log, context: () => LogFields = () => ({})): () => void {
  const here = () => log.with(context());
  const stops = [
    observe('powervm.rest.session', ({ origin, step, error, reason }) => {
      if (step === 'plain-http') here().warn(`the password crosses the network to ${origin} unencrypted`);
      if (step !== 'logon-failed' && step !== 'relogon-failed') return;
      here().warn(`logon to the PowerVM REST server ${origin} failed: ${reason ?? error}`, { code: error });
    }),
    observe('powervm.rest.retry', (retry) => here()[retryLevel(retry)](retryText(retry))),
    observe('powervm.rest.job', ({ id, operation, step, error }) => {
      if (step === 'left-behind')
        here().warn(`job ${id} (${operation}) is left behind on the console`, { code: error });
    }),
    observe('powervm.rest.transfer', ({ name, step, error }) => {
      if (step === 'left-behind')
        here().warn(`the descriptor of file ${name} is left behind on the console`, { code: error });
    }),
    observe('powervm.rest.request', ({ method, path, status, error, durationMs }) => {
      here().debug(`${method} ${path}`, { status: status ?? error, milliseconds: Math.round(durationMs) });
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Others changing the same object is ordinary; a busy or vanishing console is worth a look. */
function retryLevel({ reason }: RetryObservation): 'info' | 'warn' {
  return reason === 'busy' || reason === 'connection-lost' ? 'warn' : 'info';
}

const retryReasons: Readonly<Record<RetryObservation['reason'], string>> = {
  busy: 'the console is busy',
  'connection-lost': 'the connection broke',
  'etag-mismatch': 'somebody else has changed the object',
  'new-token': 'the session had expired',
};

function retryText({ method, path, reason, repetition, delayMs }: RetryObservation): string {
  const when = delayMs >= 1000 ? ` in ${Math.round(delayMs / 1000)} s` : '';
  return `${method} ${path}: ${retryReasons[reason]}, trying again${when} (${repetition})`;
}
