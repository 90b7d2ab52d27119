import { type AgentKind, type AgentOptions, runAgent } from '@openstack-powervm/agents';
import { Command } from 'commander';
import { untilStopped } from './lifetime.js';
import { openLog } from './log.js';
import { type LogFlags, logOptionsOf, withLogOptions } from './log-options.js';

interface Flags extends LogFlags {
  readonly configFile: readonly string[];
  readonly configDir?: string;
}

/** A command that runs a Neutron agent until it is stopped. */
export function agentCommand<O extends AgentOptions>(
  name: string,
  kind: AgentKind<O>,
  text: { readonly description: string; readonly examples: string },
): Command {
  const command = new Command(name)
    .description(text.description)
    .requiredOption('--config-file <path>', 'oslo.config file; may be repeated, later ones win', collect)
    .option('--config-dir <dir>', 'folder of further *.conf files');
  return withLogOptions(command)
    .addHelpText('after', text.examples)
    .action((flags: Flags) =>
      untilStopped((signal) =>
        runAgent(kind, {
          configFiles: flags.configFile,
          configDirectory: flags.configDir,
          log: openLog(`powervm-${name}`, logOptionsOf(flags)),
          signal,
        }),
      ),
    );
}

function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}
