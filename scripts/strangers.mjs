// npm run test:strangers -- --pypowervm DIR : the simulator against programs that we did not write.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { pypowervm: { type: 'string' } } });
if (values.pypowervm === undefined) {
  console.error(
    'usage: npm run test:strangers -- --pypowervm DIR   (DIR: a checkout of the pypowervm library)',
  );
  process.exit(2);
}
const result = spawnSync(process.execPath, [join(import.meta.dirname, 'run-tests.mjs'), 'strangers'], {
  stdio: 'inherit',
  env: { ...process.env, POWERVM_PYPOWERVM: resolve(values.pypowervm) },
});
process.exit(result.status ?? 1);
