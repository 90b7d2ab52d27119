import {
  administratorAccess,
  baseEnvironment,
  Cloud,
  type CloudAccess,
  driverOptions,
  urlOf,
} from '@openstack-powervm/deploy';
import { z } from 'zod';
import { PowerSystem } from '../openstack/support/power-system.js';
import { prepareStack } from '../openstack/support/stack.js';
import { type Ground, prepare } from '../tempest/prepare.js';
import { print } from '../tempest/results.js';
import type { Evidence } from './bundle.js';
import { readExistingCloud } from './existing-cloud.js';
import type { Choice } from './request.js';

/** The cloud and the compute host that a vote speaks of. */
export interface Subject {
  /** For headings: `the PowerVM driver on …`. */
  readonly title: string;
  readonly access: CloudAccess;
  readonly caFile: string | undefined;
  readonly host: string;
  /** Environment of Tempest's processes. */
  readonly environment: Readonly<Record<string, string>>;
  /** Logs and configuration of the cloud. */
  readonly evidence: readonly Evidence[];
  /** What must stand in no published file. */
  readonly secrets: readonly string[];
  /** Brings the cloud up, where that is ours to do. */
  start(): Promise<void>;
  /** What servers of the run are made of. */
  ground(signal: AbortSignal): Promise<Ground>;
  /** What servers leave traces in, each trace with a name; nothing where nobody can look. */
  traces(): Promise<readonly string[]>;
  /** A snapshot of the Power system for the bundle, if one can be had. */
  snapshot(): Promise<string | undefined>;
  release(): Promise<void>;
}

/** The copy of an image in a Shared Storage Pool, which stays for the next server on purpose. */
const cachedImage = /^image_/;

/** A host on a simulated Power system, with an OpenStack of its own. */
export async function simulatedSubject(): Promise<Subject> {
  const { deployment, start, release } = await prepareStack(print);
  const { paths, secrets, host } = deployment;
  const access = administratorAccess(deployment);
  const powerSystem = new PowerSystem(deployment);
  return {
    title: `the PowerVM driver on ${host}, a simulated system`,
    access,
    caFile: undefined,
    host,
    environment: baseEnvironment(deployment),
    evidence: [
      { path: paths.log, as: 'log' },
      { path: paths.etc, as: 'etc' },
    ],
    secrets: [...Object.values(secrets), driverOptions(deployment).rest_password],
    start,
    ground: (signal) => prepare(new Cloud(access), signal),
    traces: async () => {
      const { partitions, storage, units, files } = await powerSystem.traces();
      const kept = units.filter((name) => !cachedImage.test(name));
      const named = { partition: partitions, disk: storage, unit: kept, file: files };
      return Object.entries(named).flatMap(([kind, names]) => names.map((name) => `${kind} ${name}`));
    },
    snapshot: async () => {
      const response = await fetch(urlOf(deployment, 'powerSystem', '/simulator/world'));
      return JSON.stringify(await response.json(), null, 1);
    },
    release,
  };
}

/** A host of an existing OpenStack. */
export async function existingSubject(choice: Choice, environment: NodeJS.ProcessEnv): Promise<Subject> {
  const { access, caFile } = await readExistingCloud(environment);
  return {
    title: `the PowerVM driver on ${choice.host}`,
    access,
    caFile,
    host: choice.host,
    environment: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8' },
    evidence: [],
    secrets: [access.password],
    start: async () => undefined,
    ground: (signal) => chosenGround(new Cloud(access), choice, signal),
    traces: async () => [],
    snapshot: async () => undefined,
    release: async () => undefined,
  };
}

/** Finds what was named; throws with the name of what is not there, or is there twice. */
async function chosenGround(cloud: Cloud, choice: Choice, signal: AbortSignal): Promise<Ground> {
  const find = async (api: 'glance' | 'nova' | 'neutron', key: string, name: string, query = '') => {
    const list = z.object({ [key]: z.array(z.object({ id: z.string(), name: z.string() })) });
    const all = (await cloud.ask(api, `/${key}${query}`, list, { signal }))[key] ?? [];
    const [found, ...more] = all.filter((each) => each.name === name);
    if (found && more.length === 0) return found.id;
    throw new Error(
      `${api} has ${found ? 'more than one' : 'no'} ${key.replace(/s$/, '')} with the name ${name}`,
    );
  };
  const named = (name: string) => `?name=${encodeURIComponent(name)}`;
  await find('neutron', 'networks', choice.network, named(choice.network));
  return {
    image: await find('glance', 'images', choice.image, named(choice.image)),
    otherImage: await find('glance', 'images', choice.otherImage, named(choice.otherImage)),
    flavor: await find('nova', 'flavors', choice.flavor, '?is_public=None'),
    otherFlavor: await find('nova', 'flavors', choice.otherFlavor, '?is_public=None'),
    network: choice.network,
    publicNetwork: await find('neutron', 'networks', choice.publicNetwork, named(choice.publicNetwork)),
    publicNetworkName: choice.publicNetwork,
  };
}
