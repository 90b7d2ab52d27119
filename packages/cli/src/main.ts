#!/usr/bin/env node
import { failureText } from './failure.js';
import { buildProgram } from './program.js';

try {
  await buildProgram().parseAsync();
} catch (error) {
  process.stderr.write(`powervm: ${failureText(error)}\n`);
  process.exitCode = 1;
}
