import { type AgentKind, type AgentOptions, runAgent } from '@openstack-powervm/agents';
import { Command } from 'commander';
import { daemonMeanings } from './exit-status.js';
import { untilStopped } from './lifetime.js';
import { openLog } from './log.js';
import { type LogFlags, logOptionsOf, withLogOptions } from './log-options.js';
import { withManual } from './manual.js';
import { type MetricsAddress, withMetricsOption } from './metrics/address.js';
import { withMetrics } from './metrics/serve.js';
import { logRest } from './rest-log.js';

interface Flags extends LogFlags {
  readonly configFile: readonly string[];
  readonly configDir?: string;
  readonly metrics?: MetricsAddress;
}

/** A command that runs a Neutron agent until it is stopped. */
export function agentCommand<O extends AgentOptions>(
  name: string,
  kind: AgentKind<O>,
  text: { readonly description: string; readonly notes: string },
): Command {
  const command = new Command(name)
    .description(text.description)
    .requiredOption('--config-file <path>', 'oslo.config file; may be repeated, later ones win', collect)
    .option('--config-dir <dir>', 'folder of further *.conf files');
  return withManual(withLogOptions(withMetricsOption(command)), {
    notes: text.notes,
    examples: [[exampleOf(name), 'as the systemd unit runs it']],
    statuses: daemonMeanings,
  }).action((flags: Flags) => untilStopped((signal) => start(name, kind, flags, signal)));
}

function exampleOf(name: string): string {
  const own = `/etc/neutron/plugins/ml2/powervm_${name.replace('-', '_')}.ini`;
  return `powervm ${name} --config-file /etc/neutron/neutron.conf --config-file ${own}`;
}

function start<O extends AgentOptions>(
  name: string,
  kind: AgentKind<O>,
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const log = openLog(`powervm-${name}`, logOptionsOf(flags));
  const { configFile: configFiles, configDir: configDirectory, metrics } = flags;
  const stopLogging = logRest(log);
  return withMetrics(metrics, ['rest', 'process'], log, () =>
    runAgent(kind, { configFiles, configDirectory, log, signal }),
  ).finally(stopLogging);
}

function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}
