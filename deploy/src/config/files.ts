import { join } from 'node:path';
import type { Deployment } from '../deployment/deployment.js';
import { cinderConfig } from './cinder.js';
import { glanceConfig } from './glance.js';
import { keystoneConfig } from './keystone.js';
import { neutronConfig, seaAgentConfig, sriovAgentConfig } from './neutron.js';
import { novaConfig, novaDatabaseConfig } from './nova.js';
import { openrc } from './openrc.js';
import { placementConfig } from './placement.js';
import { rabbitmqConfig } from './rabbitmq.js';
import { renderConfig } from './render.js';

/** A project of OpenStack with a configuration file. */
export type Project = 'keystone' | 'placement' | 'glance' | 'neutron' | 'cinder' | 'nova';

/** The configuration file of a project. */
export function configFileOf(deployment: Deployment, project: Project): string {
  return join(deployment.paths.etc, project, project === 'glance' ? 'glance-api.conf' : `${project}.conf`);
}

/**
 * The options that make a program of a project read our configuration and nothing of /etc. Files in
 * `conf.d` are read after ours: the place for an operator's own settings.
 */
export function configArguments(deployment: Deployment, project: Project): string[] {
  return [
    '--config-file',
    configFileOf(deployment, project),
    '--config-dir',
    overridesFolderOf(deployment, project),
  ];
}

/** The file with the addresses of Nova's databases. */
export function novaDatabaseFile(deployment: Deployment): string {
  return join(deployment.paths.etc, 'nova', 'nova-databases.conf');
}

/** The file of the Shared Ethernet Adapter agent. */
export function seaAgentFile(deployment: Deployment): string {
  return join(deployment.paths.etc, 'neutron', 'sea-agent.conf');
}

/** The file of the SR-IOV agent. */
export function sriovAgentFile(deployment: Deployment): string {
  return join(deployment.paths.etc, 'neutron', 'sriov-agent.conf');
}

/** Where an operator's own settings for a project go. */
export function overridesFolderOf(deployment: Deployment, project: Project): string {
  return join(deployment.paths.etc, project, 'conf.d');
}

/** The log file of a service or command. */
export function logFileOf(deployment: Deployment, name: string): string {
  return join(deployment.paths.log, `${name}.log`);
}

/** The options of a service of a project: its configuration, and the log file that it writes itself. */
export function serviceArguments(deployment: Deployment, project: Project, service: string): string[] {
  return [...configArguments(deployment, project), '--log-file', logFileOf(deployment, service)];
}

/** Every configuration file of the deployment: path and text. */
export function allConfigFiles(deployment: Deployment): ReadonlyMap<string, string> {
  const rabbitmq = (name: string) => join(deployment.paths.etc, 'rabbitmq', name);
  return new Map([
    [configFileOf(deployment, 'keystone'), renderConfig(keystoneConfig(deployment))],
    [configFileOf(deployment, 'placement'), renderConfig(placementConfig(deployment))],
    [configFileOf(deployment, 'glance'), renderConfig(glanceConfig(deployment))],
    [configFileOf(deployment, 'neutron'), renderConfig(neutronConfig(deployment))],
    [seaAgentFile(deployment), renderConfig(seaAgentConfig(deployment))],
    [sriovAgentFile(deployment), renderConfig(sriovAgentConfig(deployment))],
    [configFileOf(deployment, 'cinder'), renderConfig(cinderConfig(deployment))],
    [configFileOf(deployment, 'nova'), renderConfig(novaConfig(deployment))],
    [novaDatabaseFile(deployment), renderConfig(novaDatabaseConfig(deployment))],
    [rabbitmq('rabbitmq.conf'), rabbitmqConfig(deployment)],
    [rabbitmq('enabled_plugins'), '[].\n'],
    [rabbitmq('rabbitmq-env.conf'), ''],
    [deployment.paths.openrc, openrc(deployment)],
  ]);
}
