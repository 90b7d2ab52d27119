import * as declarations from '@openstack-powervm/rest';
import type { Route } from '../http/route-table.js';
import { allJobs } from '../jobs/all-jobs.js';
import { routeTable } from '../routes.js';
import { documentedJobs } from './documented-jobs.js';

const BASE = '/rest/api/uom/';

/** A type at one of its addresses, such as `LogicalPartition/ClientNetworkAdapter`. */
export interface ResourceCapability {
  readonly address: string;
  /** `list`, `read`, `create`, `update`, `delete`, `search`, `quick`; none when nothing is modelled. */
  readonly operations: readonly string[];
}

export interface JobCapability {
  readonly type: string;
  readonly operation: string;
  readonly modelled: boolean;
  /** The only console that has the job. */
  readonly only: 'NovaLink' | 'HMC' | undefined;
}

/** What the simulator answers, and what it knows of but answers 501. */
export interface Capabilities {
  readonly resources: readonly ResourceCapability[];
  readonly jobs: readonly JobCapability[];
  /** Everything else below `/rest/api/`, by method and path. */
  readonly others: readonly string[];
}

/** Read off the route table, so that it cannot promise what is not there. */
export function capabilities(): Capabilities {
  const { routes } = routeTable(() => []);
  const resources = addresses().map((address) => ({ address, operations: operationsAt(address, routes) }));
  const taken = new Set(resources.map(({ address }) => address.replace('/', '.')));
  const others = routes
    .filter(({ path }) => path.startsWith('/rest/api/'))
    .filter(({ name }) => !taken.has(ownerOf(name)) && !name.includes('.do.'))
    .map(({ method, path }) => `${method} ${path}`);
  return { resources, jobs: jobs(), others };
}

/** Every address of every type that the protocol reference declares. */
function addresses(): string[] {
  return Object.values(declarations)
    .filter((declared) => declared instanceof declarations.ResourceType)
    .filter(({ service, name }) => service === 'uom' && name !== 'Event')
    .flatMap(({ name, root, parents }) => [
      ...(root ? [name] : []),
      ...parents.map((parent: string) => `${parent}/${name}`),
    ])
    .sort();
}

function operationsAt(address: string, routes: readonly Route[]): string[] {
  const [type = '', child] = address.split('/');
  const feed = child === undefined ? `${BASE}${type}` : `${BASE}${type}/{id}/${child}`;
  const prefix = `${child === undefined ? type : `${type}.${child}`}.`;
  const found = routes
    .filter(({ name, path }) => name.startsWith(prefix) && path.startsWith(feed))
    .map(({ name }) => name.slice(prefix.length).split('.')[0] ?? '');
  return operations.filter((operation) => found.includes(operation));
}

const operations = ['list', 'read', 'create', 'update', 'delete', 'search', 'quick'];
const operationNames = new Set(operations);

/** `LogicalPartition.ClientNetworkAdapter` of `LogicalPartition.ClientNetworkAdapter.create`. */
function ownerOf(route: string): string {
  const parts = route.split('.');
  const at = parts.findIndex((part) => operationNames.has(part));
  return parts.slice(0, at < 0 ? parts.length : at).join('.');
}

function jobs(): JobCapability[] {
  const modelled = allJobs.map(({ group, operation, only }) => ({
    type: group,
    operation,
    modelled: true,
    only,
  }));
  const missing = Object.entries(documentedJobs).flatMap(([type, names]) =>
    names
      .filter((name) => !allJobs.some(({ group, operation }) => group === type && operation === name))
      .map((operation) => ({ type, operation, modelled: false, only: undefined })),
  );
  return [...modelled, ...missing];
}
