import { checkHost, checkOptions, type Finding } from '@openstack-powervm/compute';
import { readConfig } from '@openstack-powervm/oslo';
import { Session } from '@openstack-powervm/rest';
import { Command, Option } from 'commander';
import { readNovaConf } from '../check/nova-conf.js';
import { count, inOrder, reportJson, reportText } from '../check/report.js';
import { checkSurroundings } from '../check/surroundings.js';
import { sessionOptions } from '../console.js';
import { exitStatus } from '../exit-status.js';
import { seconds } from '../inspect/flags.js';
import { untilStopped } from '../lifetime.js';
import { withManual } from '../manual.js';
import { writeOut } from '../output/writer.js';

interface Flags {
  readonly configFile?: readonly string[];
  readonly configDir?: string;
  readonly json?: true;
  readonly timeout: number;
}

/** `powervm compute check`: would this host work with this configuration, and if not, what is to be done? */
export function computeCheckCommand(): Command {
  const command = new Command('check')
    .description('test nova.conf and this host, and list everything that is wrong, with what to do')
    .addOption(
      new Option('--config-file <path>', "nova-compute's configuration; may be repeated, later ones win")
        .argParser((path: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), path])
        .default(undefined, '/etc/nova/nova.conf'),
    )
    .option('--config-dir <dir>', 'folder of further *.conf files')
    .option('--json', 'JSON for programs instead of text for people')
    .option('--timeout <seconds>', 'longest time for one request', seconds, 60);
  return withManual(command, {
    notes:
      'Looked at: every option of [powervm], alone and together; compute_driver; the folder of the socket; the\n' +
      'certificate; the logon; the managed system and its clock; states and RMC of the Virtual I/O Servers; the\n' +
      'volume group or cluster; the media repository; the management switch. Nothing is changed.\n' +
      'Run it as the user of the daemon, so that it sees what the daemon will see.',
    examples: [
      ['powervm compute check', 'with /etc/nova/nova.conf'],
      ['powervm compute check --config-file nova.conf --json', 'for programs'],
    ],
    statuses: [
      [exitStatus.done, 'ready, perhaps with warnings'],
      [exitStatus.failed, 'there are problems; the driver would not start, or fail'],
      [exitStatus.usage, 'the command line is wrong; nothing was looked at'],
    ],
  }).action(check);
}

function check(flags: Flags): Promise<void> {
  return untilStopped(async (signal) => {
    const findings = inOrder(await allFindings(flags, signal));
    await writeOut(flags.json ? reportJson(findings) : reportText(findings));
    if (count(findings, 'problem') > 0) process.exitCode = exitStatus.failed;
  });
}

async function allFindings(flags: Flags, signal: AbortSignal): Promise<Finding[]> {
  const files = flags.configFile ?? ['/etc/nova/nova.conf'];
  const conf = readNovaConf(await readConfig(files, flags.configDir));
  const { findings, options } = checkOptions(conf.values);
  const here = [...conf.findings, ...findings, ...(await checkSurroundings(conf))];
  if (options === undefined) return here;
  const session = { ...sessionOptions(options, 'powervm compute check'), connectAttempts: 1 };
  const call = { signal, timeoutMs: flags.timeout * 1000 };
  return [
    ...here,
    ...(await checkHost((each) => Session.open(session, { ...call, ...each }), options, call)),
  ];
}
