import { dirname, join } from 'node:path';
import { urlOf } from '../config/common.js';
import { configArguments, configFileOf, seaAgentFile, sriovAgentFile } from '../config/files.js';
import { computeSocket, deviceRoot, devicesFolder } from '../config/power-system.js';
import type { Deployment } from '../deployment/deployment.js';
import { baseEnvironment } from '../process/environment.js';
import { type Service, stage } from './service.js';

/** The command of our own that each of these services is. */
function powervm(deployment: Deployment, ...args: string[]): readonly [string, ...string[]] {
  return [process.execPath, join(deployment.paths.repository, 'packages/cli/dist/main.js'), ...args];
}

/** Folder with the code of all our packages. */
const code = (deployment: Deployment) => [join(deployment.paths.repository, 'packages')];

/** The simulated Power system behind its REST API. */
export const powerSystem = (deployment: Deployment): Service => ({
  name: 'power-system',
  title: 'Simulated Power system',
  after: ['ports'],
  stage: stage.ground,
  command: powervm(
    deployment,
    'simulate',
    ...['--site', 'one-host'],
    ...['--host', deployment.address, '--port', `${deployment.ports.powerSystem}`],
    ...['--state', join(deployment.paths.data, 'power-system')],
    ...['--devices-dir', devicesFolder(deployment)],
  ),
  folders: [join(deployment.paths.data, 'power-system')],
  code: code(deployment),
  ports: [deployment.ports.powerSystem],
  ready: { kind: 'http', url: urlOf(deployment, 'powerSystem', '/simulator/about') },
});

/** The compute daemon: the driver itself. It learns its options from nova-compute's plug-in. */
export const computeDaemon = (deployment: Deployment): Service => ({
  name: 'compute-daemon',
  title: 'PowerVM compute daemon',
  after: ['power-system'],
  stage: stage.service,
  command: powervm(
    deployment,
    'compute',
    ...['--socket', computeSocket(deployment), '--device-root', deviceRoot(deployment)],
  ),
  environment: {
    // For the commands that open and close the simulated terminals; they are run by the first node of the path.
    POWERVM_SIMULATOR_URL: urlOf(deployment, 'powerSystem'),
    PATH: `${dirname(process.execPath)}:${baseEnvironment(deployment)['PATH']}`,
  },
  code: code(deployment),
  ready: { kind: 'socket', path: computeSocket(deployment) },
});

/** The Neutron agent for the Shared Ethernet Adapter. */
export const seaAgent = (deployment: Deployment): Service => ({
  ...agent(deployment, 'sea-agent', seaAgentFile(deployment)),
  title: 'Shared Ethernet Adapter agent',
});

/** The Neutron agent for SR-IOV ports. */
export const sriovAgent = (deployment: Deployment): Service => ({
  ...agent(deployment, 'sriov-agent', sriovAgentFile(deployment)),
  title: 'SR-IOV agent',
});

/** Both agents take messages from the queue of the host, so only the log tells which of them is ready. */
function agent(deployment: Deployment, command: string, ownFile: string) {
  const files = [...configArguments(deployment, 'neutron'), '--config-file', ownFile];
  return {
    name: command,
    after: ['power-system', 'neutron-server', 'rabbitmq'],
    stage: stage.host,
    command: powervm(deployment, command, ...files),
    configFiles: [configFileOf(deployment, 'neutron'), ownFile],
    code: code(deployment),
    ready: { kind: 'log', text: `started agent=${command}-` } as const,
  };
}
