#!/usr/bin/env node
import { CommanderError } from 'commander';
import { exitStatusOf } from './exit-status.js';
import { failureText } from './failure.js';
import { endWithReader } from './output/writer.js';
import { buildProgram, throwInsteadOfExit } from './program.js';

endWithReader();
try {
  await throwInsteadOfExit(buildProgram()).parseAsync();
} catch (error) {
  // What is wrong with the command line has been said already.
  if (!(error instanceof CommanderError)) process.stderr.write(`powervm: ${failureText(error)}\n`);
  process.exitCode = exitStatusOf(error);
}
