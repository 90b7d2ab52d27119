import { z } from 'zod';
import { DeployError } from '../steps/failure.js';
import { type Api, addressIn, apis, type Catalog, type CloudAccess, logonAnswer } from './access.js';

/** The microversion that is asked for, where there are any. */
const versionHeader: Partial<Record<Api, Record<string, string>>> = {
  nova: { 'openstack-api-version': 'compute 2.90' },
  placement: { 'openstack-api-version': 'placement 1.39' },
};

/** How long one request may take, milliseconds. */
const requestLimitMs = 60_000;

/** One request to an API. */
export interface CloudRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly bytes?: Uint8Array;
  readonly signal: AbortSignal;
}

interface Answer {
  readonly response: Response;
  readonly body: unknown;
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!response.headers.get('content-type')?.startsWith('application/json')) return text;
  return text === '' ? undefined : JSON.parse(text);
}

/** The message that an OpenStack API puts into its error document, whatever the document's shape. */
function messageOf(body: unknown): string | undefined {
  if (typeof body === 'string')
    return (
      body
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim() || undefined
    );
  if (typeof body !== 'object' || body === null) return undefined;
  if ('message' in body && typeof body.message === 'string') return body.message;
  return Object.values(body)
    .map(messageOf)
    .find((message) => message !== undefined);
}

/** What a logon gives. */
interface Logon {
  readonly token: string;
  readonly catalog: Catalog;
}

/** The OpenStack APIs of a cloud, used as its administrator. */
export class Cloud {
  readonly #access: CloudAccess;
  #logon: Logon | undefined;

  constructor(access: CloudAccess) {
    this.#access = access;
  }

  /** Asks an API; the answer is checked against the schema. Anything but success is a DeployError. */
  async ask<T>(api: Api, path: string, schema: z.ZodType<T>, request: CloudRequest): Promise<T> {
    const { body } = await this.#request(api, path, request);
    return schema.parse(body);
  }

  /** Asks an API where the answer does not matter. */
  async tell(api: Api, path: string, request: CloudRequest): Promise<void> {
    await this.#request(api, path, request);
  }

  async #request(api: Api, path: string, request: CloudRequest): Promise<Answer> {
    this.#logon ??= await this.#logOn(request.signal);
    const { token, catalog } = this.#logon;
    const { endpoints, region } = this.#access;
    const url = `${endpoints?.[api] ?? addressIn(catalog, api, region)}${apis[api].path}${path}`;
    const answer = await this.#send(url, request, { 'x-auth-token': token, ...versionHeader[api] });
    return this.#succeeded(answer, request.method ?? 'GET', url);
  }

  async #send(url: string, request: CloudRequest, headers: Record<string, string>): Promise<Answer> {
    const { json, bytes, signal, method = 'GET' } = request;
    const type = bytes ? 'application/octet-stream' : 'application/json';
    const body = bytes ?? (json === undefined ? null : JSON.stringify(json));
    const response = await fetch(url, {
      method,
      body,
      headers: { ...headers, ...(body === null ? {} : { 'content-type': type }) },
      signal: AbortSignal.any([signal, AbortSignal.timeout(requestLimitMs)]),
    });
    return { response, body: await bodyOf(response) };
  }

  #succeeded(answer: Answer, method: string, url: string): Answer {
    const { response, body } = answer;
    if (response.ok) return answer;
    throw new DeployError({
      what: `${method} ${url} was answered with ${response.status} ${response.statusText}`,
      why: messageOf(body) ?? 'the answer gives no reason',
    });
  }

  async #logOn(signal: AbortSignal): Promise<Logon> {
    const { authUrl, password, ...access } = this.#access;
    const user = { name: access.user.name, domain: { name: access.user.domain }, password };
    const scope = { project: { name: access.project.name, domain: { name: access.project.domain } } };
    const url = `${authUrl}/auth/tokens`;
    const json = { auth: { identity: { methods: ['password'], password: { user } }, scope } };
    const answer = await this.#send(url, { method: 'POST', json, signal }, {});
    const { response, body } = this.#succeeded(answer, 'POST', url);
    const token = z.string().parse(response.headers.get('x-subject-token'));
    return { token, catalog: logonAnswer.parse(body).token.catalog };
  }
}
