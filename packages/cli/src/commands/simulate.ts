import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import {
  isSiteName,
  type LatencyProfile,
  namedSites,
  readInventory,
  readSite,
  type Site,
  siteNames,
  sizedSite,
  startSimulator,
  timingProfiles,
} from '@openstack-powervm/simulator';
import { Command, InvalidArgumentError, Option } from 'commander';
import { aborted, untilStopped } from '../lifetime.js';
import { assumptionsJson, assumptionsText, capabilitiesJson, capabilitiesText } from './simulate-facts.js';

interface Flags {
  readonly host: string;
  readonly port: number;
  readonly site: string;
  readonly hosts?: number;
  readonly partitions?: number;
  readonly seed?: number;
  readonly state?: string;
  readonly record?: string;
  readonly load?: string;
  readonly devicesDir?: string;
  readonly latency?: LatencyProfile;
  readonly capabilities?: boolean;
  readonly assumptions?: boolean;
  readonly json?: boolean;
}

const examples = `
Sites without a file: ${siteNames.join(', ')}. A file is YAML or JSON; see docs/simulator.md.

Examples:
  powervm simulate                              two Power systems, on ports 12080 and 12081
  powervm simulate --site site.yaml             what the file describes
  powervm simulate --site one-host --partitions 1000
                                                one system, filled with partitions and their disks
  powervm simulate --port 0 --seed 7            free ports; ids and slots of an earlier run
  powervm simulate --state /var/lib/simulator   goes on where it was stopped, or killed
  powervm simulate --load inventory.json        what \`--record inventory.json\` has saved
  curl http://127.0.0.1:12080/simulator/world   what exists on the systems, as JSON
`;

/** Serves simulated Power systems until it is stopped. */
export function simulateCommand(): Command {
  return new Command('simulate')
    .description('serve simulated Power systems behind the PowerVM REST API')
    .addOption(
      new Option('--host <address>', 'address to listen on')
        .default('127.0.0.1')
        .env('POWERVM_SIMULATE_HOST'),
    )
    .addOption(
      new Option('--port <number>', 'port of the first console, the others follow; 0 takes free ones')
        .argParser(wholeNumber)
        .default(12080)
        .env('POWERVM_SIMULATE_PORT'),
    )
    .addOption(
      new Option('--site <name|file>', 'what exists: a named site or a file')
        .default('two-hosts')
        .env('POWERVM_SIMULATE_SITE'),
    )
    .addOption(
      new Option('--hosts <number>', 'how many systems, instead of those of the site').argParser(wholeNumber),
    )
    .addOption(
      new Option(
        '--partitions <number>',
        'client partitions on every system, up to 1000, each with two mapped disks',
      ).argParser(wholeNumber),
    )
    .addOption(
      new Option('--seed <number>', 'repeat the ids, slots and orders of an earlier run').argParser(
        wholeNumber,
      ),
    )
    .addOption(
      new Option('--state <dir>', 'keep everything here: a later start goes on where this one ended').env(
        'POWERVM_SIMULATE_STATE',
      ),
    )
    .option('--record <file>', 'at the end, save what exists to a file for --load')
    .addOption(
      new Option('--load <file>', 'serve what was recorded, instead of a site').conflicts([
        'site',
        'hosts',
        'partitions',
        'seed',
      ]),
    )
    .addOption(
      new Option(
        '--devices-dir <dir>',
        "shows what is mapped to each NovaLink partition as files in <dir>/<system>, for powervm compute's --device-root",
      ),
    )
    .addOption(
      new Option(
        '--latency <profile>',
        'how long requests and jobs take, instead of what the site says',
      ).choices(Object.keys(timingProfiles)),
    )
    .option('--capabilities', 'print what is modelled and what is answered "not implemented", and end')
    .option('--assumptions', 'print what every behaviour rests on, assumptions first, and end')
    .option('--json', 'print --capabilities or --assumptions as JSON')
    .addHelpText('after', examples)
    .action(async (flags: Flags) => {
      const facts = factsOf(flags);
      if (facts === undefined) await untilStopped((signal) => simulate(flags, signal));
      else process.stdout.write(facts);
    });
}

async function simulate(flags: Flags, signal: AbortSignal): Promise<void> {
  const { host, port, seed, latency, state: stateDir, devicesDir } = flags;
  const inventory = flags.load === undefined ? undefined : readInventory(fileText(flags.load), flags.load);
  const site = inventory === undefined ? sizedSite(siteOf(flags.site), flags) : undefined;
  await using simulator = await startSimulator({
    host,
    port,
    seed,
    latency,
    stateDir,
    devicesDir,
    site,
    inventory,
  });
  if (simulator.restored) process.stdout.write(`goes on from ${stateDir}; its site and seed are kept\n`);
  for (const console of simulator.consoles) {
    process.stdout.write(`system ${console.system} at ${console.url}\n`);
  }
  process.stdout.write(`seed ${simulator.seed}; ready\n`);
  await aborted(signal);
  if (flags.record !== undefined) {
    // The users of the site are in it, with their passwords.
    writeFileSync(flags.record, simulator.record(), { mode: 0o600 });
  }
}

function fileText(path: string): string {
  if (existsSync(path)) return readFileSync(path, 'utf8');
  throw new Error(`there is no file ${path}`);
}

/** What the user wants to know instead of a simulator. */
function factsOf({ capabilities, assumptions, json }: Flags): string | undefined {
  if (capabilities === true) return json === true ? capabilitiesJson() : capabilitiesText();
  if (assumptions === true) return json === true ? assumptionsJson() : assumptionsText();
  return undefined;
}

/** A named site, or the file of that name. */
function siteOf(text: string): Site {
  if (isSiteName(text)) return namedSites[text]();
  if (!existsSync(text)) {
    throw new Error(`--site ${text} is neither a file nor one of the named sites ${siteNames.join(', ')}`);
  }
  return readSite(readFileSync(text, 'utf8'), text);
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('a whole number is wanted');
  return Number(text);
}
