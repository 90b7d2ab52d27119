import { readFileSync } from 'node:fs';
import { parseSite, startSimulator, timingProfiles } from '@openstack-powervm/simulator';
import { Command, InvalidArgumentError, Option } from 'commander';
import { aborted, untilStopped } from '../lifetime.js';

interface Flags {
  readonly host: string;
  readonly port: number;
  readonly site?: string;
  readonly seed?: number;
  readonly stateDir?: string;
  readonly latency: keyof typeof timingProfiles;
}

const examples = `
Examples:
  powervm simulate                              one Power system on port 12080
  powervm simulate --port 0 --seed 7            a free port; ids and slots of an earlier run
  curl http://127.0.0.1:12080/simulator/world   what exists on the system, as JSON
`;

/** Serves a simulated Power system until it is stopped. */
export function simulateCommand(): Command {
  return new Command('simulate')
    .description('serve a simulated Power system behind the PowerVM REST API')
    .addOption(
      new Option('--host <address>', 'address to listen on')
        .default('127.0.0.1')
        .env('POWERVM_SIMULATE_HOST'),
    )
    .addOption(
      new Option('--port <number>', 'port to listen on; 0 takes a free one')
        .argParser(wholeNumber)
        .default(12080)
        .env('POWERVM_SIMULATE_PORT'),
    )
    .addOption(new Option('--site <file>', 'what exists on the system (JSON)').env('POWERVM_SIMULATE_SITE'))
    .addOption(
      new Option('--seed <number>', 'repeat the ids, slots and orders of an earlier run').argParser(
        wholeNumber,
      ),
    )
    .addOption(new Option('--state-dir <dir>', 'where the bytes of disks and media are kept'))
    .addOption(
      new Option('--latency <profile>', 'how long requests and jobs take')
        .choices(Object.keys(timingProfiles))
        .default('none'),
    )
    .addHelpText('after', examples)
    .action((flags: Flags) => untilStopped((signal) => simulate(flags, signal)));
}

async function simulate(flags: Flags, signal: AbortSignal): Promise<void> {
  const site = flags.site === undefined ? undefined : parseSite(JSON.parse(readFileSync(flags.site, 'utf8')));
  await using simulator = await startSimulator({ ...flags, site });
  for (const console of simulator.consoles) {
    process.stdout.write(`system ${console.system} at ${console.url}\n`);
  }
  process.stdout.write(`seed ${simulator.seed}; ready\n`);
  await aborted(signal);
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('a whole number is wanted');
  return Number(text);
}
