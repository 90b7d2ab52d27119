#!/usr/bin/env node
// mkvterm of a simulated NovaLink partition: prints the local VNC port. Exit 0: opened; 3: was open; 1: failed.
//   POWERVM_SIMULATOR_URL=http://127.0.0.1:12080 mkvterm.mjs --id 5 --vnc --local
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    id: { type: 'string' },
    vnc: { type: 'boolean' },
    local: { type: 'boolean' },
    consolesettings: { type: 'string' },
  },
});
const url = process.env['POWERVM_SIMULATOR_URL'];
if (url === undefined || values.id === undefined) {
  console.error('usage: POWERVM_SIMULATOR_URL=URL mkvterm --id ID --vnc --local');
  process.exit(1);
}
const answer = await fetch(`${url}/simulator/terminals/${values.id}`, { method: 'PUT' });
if (!answer.ok) {
  console.error(`mkvterm: no terminal for partition ${values.id} (${answer.status})`);
  process.exit(1);
}
const { port, already } = await answer.json();
console.log(port);
process.exitCode = already ? 3 : 0;
