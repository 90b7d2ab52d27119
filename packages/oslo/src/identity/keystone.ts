import { OsloError } from '../errors.js';
import type { AccessSource, ServiceAccess } from '../http/access.js';
import { type HttpClient, transferError } from '../http/client.js';
import { explanation, isRecord } from '../http/explanation.js';
import { type CallOptions, Deadline } from '../waiting.js';
import { type CatalogEntry, findEndpoint, readCatalog } from './catalog.js';

/** The options of a service's `[…]` section with `auth_type = password`. */
export interface PasswordCredentials {
  /** `http://controller:5000/v3`; the version is added when it is missing. */
  readonly authUrl: string;
  readonly username: string;
  /** Secret. */
  readonly password: string;
  readonly userDomainName: string;
  readonly projectName: string;
  readonly projectDomainName: string;
}

export interface EndpointChoice {
  readonly region?: string | undefined;
  readonly interface?: 'public' | 'internal' | 'admin';
}

interface Token {
  /** Secret. */
  readonly id: string;
  readonly expiresAt: number;
  readonly catalog: readonly CatalogEntry[];
}

const LOGIN_TIMEOUT_MS = 30_000;
/** A token this close to its end is not used for new requests, in ms. */
const EXPIRY_MARGIN_MS = 60_000;

/** A service account: logs on with a password and keeps the token until it ends or is refused. */
export class Keystone {
  readonly #http: HttpClient;
  readonly #credentials: PasswordCredentials;
  readonly #choice: EndpointChoice;
  #token: Token | undefined;
  #login: Promise<Token> | undefined;

  constructor(http: HttpClient, credentials: PasswordCredentials, choice: EndpointChoice = {}) {
    this.#http = http;
    this.#credentials = credentials;
    this.#choice = choice;
  }

  /**
   * Access to a service of the catalogue by type, e.g. `image`.
   *
   * @throws OsloError OSLO_AUTH_REFUSED, OSLO_NO_ENDPOINT, OSLO_HTTP_UNREACHABLE, OSLO_HTTP_TIMEOUT, OSLO_ABORTED
   */
  service(type: string): AccessSource {
    return {
      current: async (call = {}) => {
        const token = await this.#current(type, call);
        const endpoint = findEndpoint(token.catalog, type, this.#choice);
        return { endpoint, token: token.id };
      },
      discard: (refused: ServiceAccess) => {
        if (this.#token?.id === refused.token) this.#token = undefined;
      },
    };
  }

  /** One logon serves all who wait; each of them only by his own time limit. */
  async #current(type: string, { timeoutMs = LOGIN_TIMEOUT_MS, signal }: CallOptions): Promise<Token> {
    if (this.#token && this.#token.expiresAt - EXPIRY_MARGIN_MS > Date.now()) return this.#token;
    this.#login ??= this.#logOn().finally(() => {
      this.#login = undefined;
    });
    const deadline = new Deadline(
      `logon at ${this.#credentials.authUrl} for the ${type} service`,
      timeoutMs,
      signal,
    );
    return await deadline.race(this.#login, () => {
      return new OsloError('OSLO_HTTP_TIMEOUT', `${deadline.what}: no answer in time`);
    });
  }

  async #logOn(): Promise<Token> {
    const { authUrl, username, password, userDomainName, projectName, projectDomainName } = this.#credentials;
    const base = authUrl.replace(/\/+$/, '');
    const url = `${base.endsWith('/v3') ? base : `${base}/v3`}/auth/tokens`;
    const user = { name: username, domain: { name: userDomainName }, password };
    const project = { name: projectName, domain: { name: projectDomainName } };
    const response = await this.#http.send({
      method: 'POST',
      url,
      json: { auth: { identity: { methods: ['password'], password: { user } }, scope: { project } } },
      timeoutMs: LOGIN_TIMEOUT_MS,
    });
    const operation = `logon of ${username} at ${url}`;
    if (response.statusCode === 401)
      throw new OsloError('OSLO_AUTH_REFUSED', `${operation}: ${await explanation(response)}`, {
        status: 401,
      });
    if (response.statusCode !== 201)
      throw new OsloError('OSLO_HTTP_STATUS', `${operation}: ${await explanation(response)}`, {
        status: response.statusCode,
      });
    const body: unknown = await response.json().catch((error: unknown) => {
      throw transferError(operation, error);
    });
    this.#token = readToken(operation, response.headers['x-subject-token'], body);
    return this.#token;
  }
}

function readToken(operation: string, id: unknown, body: unknown): Token {
  const token = isRecord(body) && isRecord(body['token']) ? body['token'] : {};
  const expiresAt = Date.parse(String(token['expires_at']));
  if (typeof id !== 'string' || Number.isNaN(expiresAt))
    throw new OsloError(
      'OSLO_HTTP_STATUS',
      `${operation}: the answer holds no token; is this Keystone's URL?`,
    );
  return { id, expiresAt, catalog: readCatalog(token['catalog']) };
}
