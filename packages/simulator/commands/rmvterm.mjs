#!/usr/bin/env node
// rmvterm of a simulated NovaLink partition. Exit 0: closed; 1: there was none.
//   POWERVM_SIMULATOR_URL=http://127.0.0.1:12080 rmvterm.mjs --id 5
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { id: { type: 'string' } } });
const url = process.env['POWERVM_SIMULATOR_URL'];
if (url === undefined || values.id === undefined) {
  console.error('usage: POWERVM_SIMULATOR_URL=URL rmvterm --id ID');
  process.exit(1);
}
const answer = await fetch(`${url}/simulator/terminals/${values.id}`, { method: 'DELETE' });
process.exitCode = answer.ok ? 0 : 1;
