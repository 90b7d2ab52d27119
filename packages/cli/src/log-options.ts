import { type Command, Option } from 'commander';
import { type LogOptions, logFormats, logLevels } from './log.js';

/** The flags by which every long-running command says where and how it logs; each can come from the environment. */
export function withLogOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--log-level <level>', 'least level that is written')
        .choices([...logLevels])
        .default('info')
        .env('POWERVM_LOG_LEVEL'),
    )
    .addOption(
      new Option('--log-format <format>', 'text as nova-compute writes it, or one JSON object a line')
        .choices([...logFormats])
        .default('text')
        .env('POWERVM_LOG_FORMAT'),
    )
    .addOption(
      new Option('--log-file <path>', 'append to this file instead of standard error').env(
        'POWERVM_LOG_FILE',
      ),
    );
}

/** The values of those flags after parsing. */
export interface LogFlags {
  readonly logLevel: LogOptions['level'];
  readonly logFormat: LogOptions['format'];
  readonly logFile?: string;
}

export function logOptionsOf(flags: LogFlags): LogOptions {
  return { level: flags.logLevel, format: flags.logFormat, file: flags.logFile };
}
