import { runSeaAgent } from '@openstack-powervm/agents';
import { Command } from 'commander';
import { untilStopped } from '../lifetime.js';
import { openLog } from '../log.js';
import { type LogFlags, logOptionsOf, withLogOptions } from '../log-options.js';

interface Flags extends LogFlags {
  readonly configFile: readonly string[];
  readonly configDir?: string;
}

const examples = `
The agent reads the same files as Neutron's own agents; its options are bridge_mappings and the rest of [AGENT], and
rest_endpoint, rest_username, rest_password, rest_ca_certs of [powervm].

Example:
  powervm sea-agent --config-file /etc/neutron/neutron.conf --config-file /etc/neutron/plugins/powervm/sea.ini
`;

/** Runs the Neutron agent for the Shared Ethernet Adapter until it is stopped. */
export function seaAgentCommand(): Command {
  const command = new Command('sea-agent')
    .description('run the Neutron agent that puts VLANs on the Shared Ethernet Adapters')
    .requiredOption('--config-file <path>', 'oslo.config file; may be repeated, later ones win', collect)
    .option('--config-dir <dir>', 'folder of further *.conf files');
  return withLogOptions(command)
    .addHelpText('after', examples)
    .action((flags: Flags) =>
      untilStopped((signal) =>
        runSeaAgent({
          configFiles: flags.configFile,
          configDirectory: flags.configDir,
          log: openLog('powervm-sea-agent', logOptionsOf(flags)),
          signal,
        }),
      ),
    );
}

function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}
