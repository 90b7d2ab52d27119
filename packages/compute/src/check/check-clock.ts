import type { HostCheck } from './check-host.js';
import { type Finding, ok, warning } from './finding.js';

/** Beyond this, logs of the two machines can hardly be read side by side. */
const toleratedSeconds = 60;

/** Compares this machine's clock with the REST server's, by the Date of an answer. */
export async function checkClock({ session, call }: HostCheck): Promise<Finding[]> {
  const before = Date.now();
  const { headers } = await session.read('/rest/api/uom/ManagementConsole?group=None', call);
  const theirs = Date.parse(headers['date'] ?? '');
  if (Number.isNaN(theirs)) return [ok('clock', 'the REST server does not tell its time')];
  const seconds = Math.round((theirs - (before + Date.now()) / 2) / 1000);
  if (Math.abs(seconds) <= toleratedSeconds) return [ok('clock', 'the clocks agree within a minute')];
  const direction = seconds > 0 ? 'ahead of' : 'behind';
  return [
    warning(
      'clock',
      `the REST server's clock is ${Math.abs(seconds)} s ${direction} this machine's`,
      'let both follow the same time servers; certificates and logs depend on it',
    ),
  ];
}
