// Runs a suite that needs a checkout of somebody else's project, which is never part of this repository:
//   node scripts/with-checkout.mjs SUITE NAME --NAME DIR     the suite finds DIR in POWERVM_<NAME>
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const [suite, name, ...args] = process.argv.slice(2);
const { values } = parseArgs({ args, options: { [name]: { type: 'string' } } });
const checkout = values[name];
if (checkout === undefined) {
  console.error(`usage: npm run test:${suite} -- --${name} DIR   (DIR: a checkout of ${name})`);
  process.exit(2);
}
const result = spawnSync(process.execPath, [join(import.meta.dirname, 'run-tests.mjs'), suite], {
  stdio: 'inherit',
  env: { ...process.env, [`POWERVM_${name.toUpperCase()}`]: resolve(checkout) },
});
process.exit(result.status ?? 1);
