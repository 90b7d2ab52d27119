import { Session } from '@openstack-powervm/rest';
import { untilStopped } from '../lifetime.js';
import { type ConnectionFlags, sessionOptionsOf } from './flags.js';
import { Scope } from './scope.js';

/** Flags of every command that looks at systems. */
export interface ScopeFlags extends ConnectionFlags {
  readonly system: readonly string[];
}

/** Runs the body of a command with a session that is closed on every path; Ctrl-C ends it. */
export function withScope(
  flags: ScopeFlags,
  what: string,
  body: (scope: Scope) => Promise<void>,
): Promise<void> {
  return untilStopped(async (signal) => {
    const call = { signal, timeoutMs: flags.timeout * 1000 };
    await using session = await Session.open(sessionOptionsOf(flags, `powervm ${what}`), call);
    await body(new Scope(session, call, flags.system));
  });
}
