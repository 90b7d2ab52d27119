import { z } from 'zod';
import { urlOf } from '../config/common.js';
import type { Deployment } from '../deployment/deployment.js';
import { DeployError } from '../steps/failure.js';

/** The APIs that are talked to: the path that precedes every request's, and the types that catalogs know them by. */
export const apis = {
  keystone: { path: '/v3', types: ['identity'] },
  glance: { path: '/v2', types: ['image'] },
  nova: { path: '/v2.1', types: ['compute'] },
  neutron: { path: '/v2.0', types: ['network'] },
  cinder: { path: '/v3', types: ['volumev3', 'block-storage'] },
  placement: { path: '', types: ['placement'] },
} as const;
export type Api = keyof typeof apis;

/** Name and domain of a user or a project; the domain by its name. */
export interface QualifiedName {
  readonly name: string;
  readonly domain: string;
}

/** Who logs on to a cloud, and where. */
export interface CloudAccess {
  /** Keystone's address with its version, as in OS_AUTH_URL. */
  readonly authUrl: string;
  readonly region: string;
  readonly user: QualifiedName;
  readonly password: string;
  readonly project: QualifiedName;
  /** Addresses of the APIs without their versions; absent where the catalog is to be asked. */
  readonly endpoints?: Readonly<Record<Api, string>>;
}

/** Access to a deployment as its administrator, also before its catalog is filled. */
export function administratorAccess(deployment: Deployment): CloudAccess {
  const at = (name: Api) => urlOf(deployment, name);
  return {
    authUrl: urlOf(deployment, 'keystone', '/v3'),
    region: deployment.region,
    user: { name: 'admin', domain: 'Default' },
    password: deployment.secrets.admin,
    project: { name: 'admin', domain: 'Default' },
    endpoints: {
      keystone: at('keystone'),
      glance: at('glance'),
      nova: at('nova'),
      neutron: at('neutron'),
      cinder: at('cinder'),
      placement: at('placement'),
    },
  };
}

/** What Keystone answers to a logon, as far as it is read. */
export const logonAnswer = z.object({
  token: z.object({
    catalog: z
      .array(
        z.object({
          type: z.string(),
          endpoints: z.array(
            z.object({ interface: z.string(), region: z.string().nullish(), url: z.string() }),
          ),
        }),
      )
      .default([]),
  }),
});
export type Catalog = z.infer<typeof logonAnswer>['token']['catalog'];

/** The public address of an API in a catalog, without its version and what follows it. */
export function addressIn(catalog: Catalog, api: Api, region: string): string {
  const types: readonly string[] = apis[api].types;
  const found = catalog
    .filter(({ type }) => types.includes(type))
    .flatMap(({ endpoints }) => endpoints)
    .find((each) => each.interface === 'public' && (region === '' || each.region === region));
  if (found) return found.url.replace(/\/+(v\d+(\.\d+)?(\/.*)?)?$/, '');
  throw new DeployError({
    what: `the catalog has no public endpoint of ${api}${region === '' ? '' : ` in region ${region}`}`,
    tryThis: 'openstack catalog list, and the region in OS_REGION_NAME or clouds.yaml',
  });
}
