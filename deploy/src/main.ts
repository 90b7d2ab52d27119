import { parseArgs } from 'node:util';
import { clean } from './commands/clean.js';
import { outputOn } from './commands/output.js';
import { packages } from './commands/packages.js';
import { start } from './commands/start.js';
import { stop } from './commands/stop.js';
import { explain } from './steps/explain.js';

const usage = `usage: node deploy/dist/main.js COMMAND

  start [--driver-only]   bring up OpenStack with a PowerVM compute host, or only the driver
  packages [--with-tests] install the Debian packages and nothing else; those of the tests too
  stop                    end every process that start began
  clean                   remove the state directory

  POWERVM_STATE_DIR       where everything is kept (state in the repository)
  POWERVM_PORT_BASE       first port of the block that the services listen on (23500)`;

const output = outputOn(process.stdout, process.env);
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());

async function run(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      'driver-only': { type: 'boolean', default: false },
      'with-tests': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [command] = positionals;
  if (values.help || command === undefined) return output.line(usage);
  switch (command) {
    case 'start':
      return start(output, { driverOnly: values['driver-only'], signal: interrupted.signal });
    case 'packages':
      return packages(output, values['with-tests'], interrupted.signal);
    case 'stop':
      return stop(output);
    case 'clean':
      return clean(output);
    default:
      throw new Error(`there is no command ${command}\n\n${usage}`);
  }
}

try {
  await run();
} catch (error) {
  if (interrupted.signal.aborted) {
    output.line('Interrupted. What was started keeps running: npm start continues, npm stop ends it.');
  } else {
    output.line(`\n${explain(error, output.paint)}`);
  }
  process.exitCode = 1;
}
