import type { TestContext } from 'node:test';
import type { SessionOptions } from '../session/options.js';
import { Session } from '../session/session.js';
import type { Timing } from '../time/timing.js';
import type { ScriptedConsole } from './scripted-console.js';

/** Waits of a millisecond where the product waits for seconds: the order of things stays the same. */
export const quickTiming: Partial<Timing> = {
  logonIntervalMs: 1,
  busyDelaysMs: [1, 1, 1],
  conflictDelayMs: () => 0,
  jobPollFirstMs: 1,
  jobPollLongestMs: 2,
  eventRetryFirstMs: 1,
  eventRetryLongestMs: 2,
  eventIdleMs: 1,
};

export const password = 'se>cret&1';

/** A session on a scripted console, closed with the test. */
export async function openSession(
  t: TestContext,
  scripted: ScriptedConsole,
  options: Partial<SessionOptions> = {},
): Promise<Session> {
  const session = await Session.open({
    endpoint: scripted.url,
    credentials: { kind: 'password', username: 'user', password },
    ...options,
    timing: { ...quickTiming, ...options.timing },
  });
  t.after(() => session.close());
  return session;
}
