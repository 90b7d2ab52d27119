// Runs the fault campaign of the driver: every request and every step of every operation fails once in every way, and
// the daemon is killed after every change. Prints what was injected and found. Compiled code is needed.
//   node scripts/faults.mjs [part of an operation's title] [--kind NAME]... [--processes N]
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { faultFlows } from '../packages/compute/dist/testing/faults/flows/index.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kind: { type: 'string', multiple: true, default: [] },
    processes: { type: 'string', default: String(availableParallelism()) },
  },
});
const [wanted = ''] = positionals;
/** One flow takes a minute or two; one that hangs must not hold up the others for ever. */
const limitMs = 20 * 60 * 1000;
const started = performance.now();
const total = { faults: 0, missed: 0, operations: 0, leaks: 0, problems: [] };
const waiting = faultFlows.filter(({ title }) => title.includes(wanted)).map(({ title }) => title);
if (waiting.length === 0) fail(`no operation has "${wanted}" in its title`);

/** Each operation has a process of its own, so that one that hangs does not take the others with it. */
async function work() {
  for (let title = waiting.shift(); title !== undefined; title = waiting.shift()) {
    const begun = performance.now();
    const report = await campaign(title);
    for (const key of Object.keys(total))
      total[key] = Array.isArray(total[key]) ? [...total[key], ...report[key]] : total[key] + report[key];
    const verdict = report.problems.length === 0 ? 'ok    ' : 'FAILED';
    console.log(`${verdict} ${title}: ${report.faults} faults, ${seconds(begun)} s`);
    for (const problem of report.problems) console.log(`       ${problem.replaceAll('\n', '\n       ')}`);
  }
}

/** The report of one operation; a process that did not come to its end counts as a broken promise. */
function campaign(title) {
  const main = join(import.meta.dirname, '../packages/compute/dist/testing/faults/main.js');
  const child = spawn(process.execPath, [main, title, ...values.kind], { timeout: limitMs });
  let output = '';
  let complaint = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (complaint += text));
  return new Promise((resolve) =>
    child.on('close', (code) => {
      const problem = `its process ended with ${code ?? 'a signal'}: ${complaint}`;
      const none = { faults: 0, missed: 0, operations: 0, leaks: 0, problems: [problem] };
      resolve(code === 0 ? JSON.parse(output) : none);
    }),
  );
}

function seconds(since) {
  return Math.round((performance.now() - since) / 1000);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

await Promise.all(Array.from({ length: Number(values.processes) }, work));
console.log(
  `${total.faults} faults injected, ${total.operations} operations run, ${total.leaks} leaks found, ` +
    `${total.problems.length} promises broken, ${total.missed} requests not met again; ${seconds(started)} s`,
);
process.exitCode = total.problems.length === 0 ? 0 : 1;
