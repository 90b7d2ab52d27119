// Runs the fault campaign of the driver: every request and every step of every operation fails once in every way.
// Prints what was injected and found. Compiled code is needed.
//   node scripts/faults.mjs [part of an operation's title]
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const [wanted = ''] = process.argv.slice(2);
const { faultFlows } = await import('../packages/compute/dist/testing/faults/flows.js');
const total = { faults: 0, operations: 0, leaks: 0, failed: 0 };

/** Each operation has processes of its own, so that one that hangs does not take the others with it. */
for (const { title } of faultFlows.filter((flow) => flow.title.includes(wanted))) {
  const { code, output } = await campaign(title);
  for (const [, faults, operations, leaks] of output.matchAll(
    /(\d+) faults injected, (\d+) operations run, (\d+) leaks found/g,
  )) {
    total.faults += Number(faults);
    total.operations += Number(operations);
    total.leaks += Number(leaks);
  }
  if (code !== 0) {
    total.failed += 1;
    process.stdout.write(output);
  }
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${title}`);
}
console.log(
  `${total.faults} faults injected, ${total.operations} operations run, ${total.leaks} leaks found; ` +
    `${total.failed} operations broke a promise`,
);
process.exitCode = total.failed === 0 ? 0 : 1;

function campaign(title) {
  const runner = join(root, 'scripts/run-tests.mjs');
  const child = spawn(process.execPath, [runner, 'unit', 'compute/dist/testing/faults'], {
    env: { ...process.env, POWERVM_FAULTS: title },
    cwd: root,
  });
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (output += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}
