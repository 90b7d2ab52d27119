import { imageName } from '../cloud/image.js';
import { demonstrationNetwork } from '../cloud/network.js';
import { serverName } from '../cloud/server.js';
import { urlOf } from '../config/common.js';
import { logFileOf } from '../config/files.js';
import { computeSocket } from '../config/power-system.js';
import type { Deployment } from '../deployment/deployment.js';
import { instanceName } from '../driver-only/instance.js';
import type { Paint } from '../steps/paint.js';
import type { Progress } from '../steps/progress.js';

function endpoints(deployment: Deployment): string[] {
  const rows: [string, string][] = [
    ['Keystone', urlOf(deployment, 'keystone', '/v3')],
    ['Nova', urlOf(deployment, 'nova', '/v2.1')],
    ['Neutron', urlOf(deployment, 'neutron')],
    ['Glance', urlOf(deployment, 'glance')],
    ['Cinder', urlOf(deployment, 'cinder', '/v3')],
    ['Placement', urlOf(deployment, 'placement')],
    ['Consoles', urlOf(deployment, 'novncproxy')],
    ['Power system', urlOf(deployment, 'powerSystem')],
  ];
  return rows.map(([name, url]) => `  ${name.padEnd(13)} ${url}`);
}

/** What is shown when OpenStack is up: where it listens, how to talk to it, what to try, how long it took. */
export function openstackSummary(deployment: Deployment, progress: Progress, paint: Paint): string {
  const create =
    `openstack server create --image ${imageName} --flavor powervm.small ` +
    `--network ${demonstrationNetwork.name} --wait second-partition`;
  const installing = progress.secondsOf('packages');
  const times = `${progress.elapsed.toFixed(1)} s, ${(progress.elapsed - installing).toFixed(1)} s of it without package installation`;
  return [
    '',
    paint.bold(`OpenStack runs, and ${serverName} is ACTIVE on a simulated Power system.`),
    ...endpoints(deployment),
    '',
    'To talk to it:',
    `  source ${deployment.paths.openrc}`,
    '',
    'Worth trying:',
    '  openstack hypervisor list',
    `  openstack server show ${serverName}`,
    `  ${create}`,
    `  openstack server reboot --hard --wait ${serverName}`,
    `  curl -s ${urlOf(deployment, 'powerSystem', '/simulator/world')}`,
    '',
    `Took ${times}. npm stop ends it; npm start brings it up again; npm run clean forgets it.`,
  ].join('\n');
}

/** What is shown when the driver runs without OpenStack. */
export function driverOnlySummary(deployment: Deployment, progress: Progress, paint: Paint): string {
  const url = urlOf(deployment, 'powerSystem');
  return [
    '',
    paint.bold(
      `${instanceName} runs on a simulated Power system, deployed as nova-compute would have done it.`,
    ),
    `  Power system    ${url}  (PowerVM REST API; user pvmadmin, password pvmadmin-simulated)`,
    `  Compute daemon  ${computeSocket(deployment)}  (JSON-RPC)`,
    '',
    'Worth trying:',
    `  curl -s ${url}/simulator/world`,
    `  curl -s ${url}/simulator/about`,
    `  cat ${logFileOf(deployment, 'compute-daemon')}`,
    '',
    `Took ${progress.elapsed.toFixed(1)} s. npm stop ends it; npm run clean forgets it.`,
  ].join('\n');
}
