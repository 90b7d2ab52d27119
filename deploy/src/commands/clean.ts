import { rm } from 'node:fs/promises';
import { pathsFrom, readIdentity } from '../deployment/deployment.js';
import { exclusively } from '../deployment/lock.js';
import { familyOf } from '../process/family.js';
import { isRunning } from '../process/identity.js';
import { readRecords } from '../process/record.js';
import { DeployError } from '../steps/failure.js';
import type { Output } from './output.js';

/** `npm run clean`: removes the state directory, if it is one and nothing runs from it. */
export async function clean(output: Output): Promise<void> {
  const paths = pathsFrom(process.env);
  const identity = await readIdentity(paths);
  if (!identity) {
    output.line(`Nothing to remove: ${paths.state} holds no deployment.`);
    return;
  }
  await exclusively(paths, async () => {
    const records = await readRecords(paths);
    if (records.some((record) => isRunning(record.process)) || familyOf(identity.id).length > 0) {
      throw new DeployError({ what: `services from ${paths.state} are running`, tryThis: 'npm stop' });
    }
    await rm(paths.state, { recursive: true, force: true });
  });
  output.line(`Removed ${paths.state}.`);
}
