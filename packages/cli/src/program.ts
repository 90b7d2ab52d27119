import { Command } from 'commander';
import { computeCommand } from './commands/compute.js';
import { seaAgentCommand } from './commands/sea-agent.js';
import { simulateCommand } from './commands/simulate.js';
import { VERSION } from './version.js';

/** The `powervm` command with all its subcommands; each is one file in `commands/`. */
export function buildProgram(): Command {
  return new Command('powervm')
    .description('PowerVM for OpenStack: the compute daemon, the Neutron agents and a simulated Power system')
    .version(VERSION)
    .showSuggestionAfterError()
    .showHelpAfterError('(powervm --help lists the commands)')
    .addCommand(computeCommand())
    .addCommand(seaAgentCommand())
    .addCommand(simulateCommand());
}
