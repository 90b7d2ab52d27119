import { OsloError } from '../errors.js';
import { isRecord } from '../http/explanation.js';
import type { EndpointChoice } from './keystone.js';

/** One URL of one service. */
export interface CatalogEntry {
  /** `image`, `network` … */
  readonly type: string;
  readonly interface: string;
  readonly region: string;
  readonly url: string;
}

/** Reads the catalogue of a token, one entry per endpoint. What does not look like an endpoint is left out. */
export function readCatalog(catalog: unknown): CatalogEntry[] {
  return records(catalog).flatMap((service) =>
    records(service['endpoints']).map((endpoint) => ({
      type: String(service['type']),
      interface: String(endpoint['interface']),
      region: String(endpoint['region_id'] ?? endpoint['region']),
      url: String(endpoint['url']),
    })),
  );
}

/** @throws OsloError OSLO_NO_ENDPOINT that lists what there is */
export function findEndpoint(catalog: readonly CatalogEntry[], type: string, choice: EndpointChoice): string {
  const wanted = choice.interface ?? 'public';
  const ofType = catalog.filter((entry) => entry.type === type);
  const found = ofType.find(
    (entry) => entry.interface === wanted && (choice.region === undefined || entry.region === choice.region),
  );
  if (found) return found.url.replace(/\/+$/, '');
  const region = choice.region === undefined ? '' : ` in region ${choice.region}`;
  const known = ofType.map((entry) => `${entry.interface} in ${entry.region}`).join(', ') || 'none at all';
  throw new OsloError(
    'OSLO_NO_ENDPOINT',
    `the catalogue has no ${wanted} ${type} endpoint${region}; it has ${known}`,
  );
}

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
