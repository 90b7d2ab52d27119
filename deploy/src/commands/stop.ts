import { pathsFrom, readIdentity } from '../deployment/deployment.js';
import { exclusively } from '../deployment/lock.js';
import { readRecords } from '../process/record.js';
import { stopAll } from '../process/stop.js';
import type { Output } from './output.js';

/** `npm stop`: ends every process of the deployment and nothing else. */
export async function stop(output: Output): Promise<void> {
  const paths = pathsFrom(process.env);
  const identity = await readIdentity(paths);
  if (!identity) {
    output.line(`Nothing was started from ${paths.state}.`);
    return;
  }
  const begin = performance.now();
  const names = await exclusively(paths, async () => stopAll(paths, identity.id, await readRecords(paths)));
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  output.line(
    names.length === 0 ? 'Nothing was running.' : `Stopped ${names.length} services in ${seconds} s.`,
  );
}
