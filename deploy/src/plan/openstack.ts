import { administratorAccess } from '../cloud/access.js';
import { Cloud } from '../cloud/client.js';
import { dataFolderStep } from '../databases/data-folder.js';
import { schemaSteps } from '../databases/schema.js';
import { createDatabases } from '../databases/sql.js';
import type { Deployment } from '../deployment/deployment.js';
import { cinder } from '../services/cinder.js';
import { glance } from '../services/glance.js';
import { keystone } from '../services/keystone.js';
import { mariadb } from '../services/mariadb.js';
import { memcached } from '../services/memcached.js';
import { neutron } from '../services/neutron.js';
import { nova, novaCompute } from '../services/nova.js';
import { placement } from '../services/placement.js';
import { pluginStep } from '../services/plugin.js';
import { computeDaemon, powerSystem, seaAgent, sriovAgent } from '../services/powervm.js';
import { epmd, rabbitmq } from '../services/rabbitmq.js';
import type { Service } from '../services/service.js';
import { serviceStep } from '../services/supervise.js';
import type { Step } from '../steps/step.js';
import { bootstrapSteps } from './bootstrap.js';
import { configurationStep, packagesStep, portsStep } from './preparation.js';

/** Every service of the whole OpenStack. */
export function openstackServices(deployment: Deployment): Service[] {
  return [
    mariadb(deployment),
    memcached(deployment),
    epmd(deployment),
    rabbitmq(deployment),
    keystone(deployment),
    placement(deployment),
    glance(deployment),
    neutron(deployment),
    ...cinder(deployment),
    ...nova(deployment),
    powerSystem(deployment),
    computeDaemon(deployment),
    seaAgent(deployment),
    sriovAgent(deployment),
    novaCompute(deployment),
  ];
}

function databasesStep(deployment: Deployment): Step {
  return {
    name: 'databases',
    title: 'Databases and accounts',
    after: ['mariadb'],
    run: async ({ signal }) => {
      await createDatabases(deployment, signal);
      return undefined;
    },
  };
}

/** Everything between a bare machine and one ACTIVE server. */
export function openstackPlan(deployment: Deployment): Step[] {
  const services = openstackServices(deployment);
  return [
    packagesStep(deployment),
    portsStep(deployment, services),
    configurationStep(deployment),
    pluginStep(deployment),
    dataFolderStep(deployment),
    databasesStep(deployment),
    ...schemaSteps(deployment),
    ...services.map((service) => serviceStep(deployment, service)),
    ...bootstrapSteps(deployment, new Cloud(administratorAccess(deployment))),
  ];
}
