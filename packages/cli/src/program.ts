import { Command } from 'commander';
import { computeCommand } from './commands/compute.js';
import { diskCommand } from './commands/disk.js';
import { eventCommand } from './commands/event.js';
import { explainCommand } from './commands/explain.js';
import { hostCommand } from './commands/host.js';
import { jobCommand } from './commands/job.js';
import { lparCommand } from './commands/lpar.js';
import { networkCommand } from './commands/network.js';
import { seaAgentCommand } from './commands/sea-agent.js';
import { simulateCommand } from './commands/simulate.js';
import { sriovAgentCommand } from './commands/sriov-agent.js';
import { switchCommand } from './commands/switch.js';
import { viosCommand } from './commands/vios.js';
import { volumeGroupCommand } from './commands/volume-group.js';
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
    .addCommand(sriovAgentCommand())
    .addCommand(simulateCommand())
    .addCommand(hostCommand())
    .addCommand(lparCommand())
    .addCommand(viosCommand())
    .addCommand(diskCommand())
    .addCommand(volumeGroupCommand())
    .addCommand(networkCommand())
    .addCommand(switchCommand())
    .addCommand(jobCommand())
    .addCommand(eventCommand())
    .addCommand(explainCommand());
}

/** Makes every command throw a `CommanderError` where it would end the process, so that `main` decides on the status. */
export function throwInsteadOfExit(command: Command): Command {
  command.exitOverride();
  for (const sub of command.commands) throwInsteadOfExit(sub);
  return command;
}
