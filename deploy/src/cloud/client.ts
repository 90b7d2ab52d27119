import { z } from 'zod';
import { urlOf } from '../config/common.js';
import type { Deployment } from '../deployment/deployment.js';
import { DeployError } from '../steps/failure.js';

/** The APIs that are talked to, with the path that precedes every request's. */
const apis = {
  keystone: '/v3',
  glance: '/v2',
  nova: '/v2.1',
  neutron: '/v2.0',
  cinder: '/v3',
  placement: '',
} as const;
export type Api = keyof typeof apis;

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

/** The OpenStack APIs of a deployment, used as its administrator. */
export class Cloud {
  readonly #deployment: Deployment;
  #token: string | undefined;

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
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
    this.#token ??= await this.#logOn(request.signal);
    const url = urlOf(this.#deployment, api, `${apis[api]}${path}`);
    const answer = await this.#send(url, request, {
      'x-auth-token': this.#token,
      'openstack-api-version': 'compute 2.90',
    });
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

  async #logOn(signal: AbortSignal): Promise<string> {
    const domain = { name: 'Default' };
    const user = { name: 'admin', domain, password: this.#deployment.secrets.admin };
    const scope = { project: { name: 'admin', domain } };
    const url = urlOf(this.#deployment, 'keystone', '/v3/auth/tokens');
    const json = { auth: { identity: { methods: ['password'], password: { user } }, scope } };
    const { response } = this.#succeeded(
      await this.#send(url, { method: 'POST', json, signal }, {}),
      'POST',
      url,
    );
    return z.string().parse(response.headers.get('x-subject-token'));
  }
}
