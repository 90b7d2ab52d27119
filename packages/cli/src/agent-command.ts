import { type AgentKind, type AgentOptions, runAgent } from '@openstack-powervm/agents';
import { Command } from 'commander';
import { untilStopped } from './lifetime.js';
import { openLog } from './log.js';
import { type LogFlags, logOptionsOf, withLogOptions } from './log-options.js';
import { type MetricsAddress, withMetricsOption } from './metrics/address.js';
import { withMetrics } from './metrics/serve.js';

interface Flags extends LogFlags {
  readonly configFile: readonly string[];
  readonly configDir?: string;
  readonly metrics?: MetricsAddress;
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
  return withLogOptions(withMetricsOption(command))
    .addHelpText('after', text.examples)
    .action((flags: Flags) => untilStopped((signal) => start(name, kind, flags, signal)));
}

function start<O extends AgentOptions>(
  name: string,
  kind: AgentKind<O>,
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const log = openLog(`powervm-${name}`, logOptionsOf(flags));
  const { configFile: configFiles, configDir: configDirectory, metrics } = flags;
  return withMetrics(metrics, ['rest', 'process'], log, () =>
    runAgent(kind, { configFiles, configDirectory, log, signal }),
  );
}

function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}
