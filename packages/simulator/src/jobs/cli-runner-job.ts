import { removeDevice } from '../world/lun-discovery.js';
import { invalid, notFound, Refusal } from '../world/refusal.js';
import type { JobKind } from './job-kind.js';

/** `viosvrcmd -m <system> -p <vios> -c "rmdev -dev <dev>"` */
const REMOVE = /^viosvrcmd -m (.+) -p (.+) -c "rmdev -dev (\w+)"$/;

/** Protocol reference 4.9: commands of an HMC; the one that clients of the REST API are known to send. */
export const cliRunnerJob: JobKind = {
  group: 'ManagementConsole',
  operation: 'CLIRunner',
  of: 'type',
  only: 'HMC',
  parameters: { cmd: 'any', acknowledgeThisAPIMayGoAwayInTheFuture: ['true'] },
  run: async ({ console, world, parameters }) => {
    if (!parameters.has('acknowledgeThisAPIMayGoAwayInTheFuture'))
      throw invalid('acknowledgeThisAPIMayGoAwayInTheFuture must be true.');
    const command = parameters.get('cmd') ?? '';
    const [, systemName, viosName, device] = REMOVE.exec(command) ?? [];
    if (device === undefined) throw new Refusal(501, `The command "${command}" is not implemented.`);
    const system = console.systems.find(({ name }) => name === systemName);
    const vios = system?.vioses.find(({ name }) => name === viosName);
    if (vios === undefined) throw notFound(`There is no VIOS ${viosName} in a system ${systemName}.`);
    removeDevice(world, vios, device);
    return { result: `${device} deleted` };
  },
};
