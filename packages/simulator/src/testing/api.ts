import assert from 'node:assert/strict';
import { type IncomingHttpHeaders, request } from 'node:http';
import type { TestContext } from 'node:test';
import {
  attribute,
  child,
  childElements,
  readDocument,
  textOf,
  type XmlElement,
} from '@openstack-powervm/atom';
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator.js';
import { logonBody } from './bodies.js';

/** One answer, as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface RawRequest {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal;
}

/**
 * Speaks HTTP by hand to a simulator of its own: nothing of our client is between a test and the wire, except the
 * XML reader for looking at answers.
 */
export class Api {
  readonly simulator: Simulator;
  token = '';

  constructor(simulator: Simulator) {
    this.simulator = simulator;
  }

  /** A simulator that ends with the test, and a session on it. */
  static async start(test: Pick<TestContext, 'after'>, options: SimulatorOptions = {}): Promise<Api> {
    const simulator = await startSimulator(options);
    test.after(() => simulator.close());
    const api = new Api(simulator);
    await api.logon();
    return api;
  }

  async logon(): Promise<void> {
    const answer = await this.send('PUT', '/rest/api/web/Logon', {
      body: logonBody('pvmadmin', 'pvmadmin-simulated'),
    });
    assert.equal(answer.status, 200, answer.text);
    this.token = textOf(descend(readDocument(answer.text), 'X-API-Session'));
  }

  /** Below `/rest/api/`. */
  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<RawAnswer> {
    return this.send('GET', `/rest/api/${path}`, { headers });
  }

  put(path: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<RawAnswer> {
    return this.send('PUT', `/rest/api/${path}`, { body, headers });
  }

  post(path: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<RawAnswer> {
    return this.send('POST', `/rest/api/${path}`, { body, headers });
  }

  delete(path: string, headers: Readonly<Record<string, string>> = {}): Promise<RawAnswer> {
    return this.send('DELETE', `/rest/api/${path}`, { headers });
  }

  send(method: string, path: string, raw: RawRequest = {}): Promise<RawAnswer> {
    const headers = { ...(this.token === '' ? {} : { 'X-API-Session': this.token }), ...raw.headers };
    return new Promise((resolve, reject) => {
      const { signal } = raw;
      const outgoing = request(
        `${this.simulator.url}${path}`,
        { method, headers, agent: false, ...(signal === undefined ? {} : { signal }) },
        (incoming) => {
          const pieces: Buffer[] = [];
          incoming.on('data', (piece: Buffer) => pieces.push(piece));
          incoming.on('error', reject);
          incoming.on('end', () => {
            const text = Buffer.concat(pieces).toString('utf8');
            resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(raw.body);
    });
  }
}

/** The objects of a feed or the one of an entry. */
export function objectsOf(answer: RawAnswer): XmlElement[] {
  assert.equal(answer.status, 200, answer.text);
  const root = readDocument(answer.text);
  const entries = root.local === 'feed' ? childElements(root, 'entry') : [root];
  return entries.map((entry) => {
    const [object] = childElements(descend(entry, 'content'));
    assert.ok(object !== undefined);
    return object;
  });
}

export function objectOf(answer: RawAnswer): XmlElement {
  const [object, ...others] = objectsOf(answer);
  assert.ok(object !== undefined && others.length === 0);
  return object;
}

/** The object's element as the server wrote it: what a client edits and posts back. */
export function objectText(answer: RawAnswer): string {
  assert.equal(answer.status, 200, answer.text);
  const match = /<content [^>]*>(.*)<\/content>/s.exec(answer.text);
  assert.ok(match?.[1] !== undefined);
  return match[1];
}

/** The element at a path of wire names; fails when there is none. */
export function descend(element: XmlElement, ...names: string[]): XmlElement {
  let found = element;
  for (const name of names) {
    const next = child(found, name);
    assert.ok(next !== undefined, `${found.local} has no ${name}`);
    found = next;
  }
  return found;
}

/** The text at a path of wire names. */
export function value(element: XmlElement, ...names: string[]): string {
  return textOf(descend(element, ...names));
}

export function idOf(element: XmlElement): string {
  return value(element, 'Metadata', 'Atom', 'AtomID');
}

/** `href` of the link with this rel, of the first entry or of the feed. */
export function linkOf(element: XmlElement, rel: string): string | undefined {
  const link = childElements(element, 'link').find((candidate) => attribute(candidate, 'rel') === rel);
  return link === undefined ? undefined : attribute(link, 'href');
}

/** The message of an HttpErrorResponse with this status. */
export function refusal(answer: RawAnswer, status: number): string {
  assert.equal(answer.status, status, answer.text);
  const entry = readDocument(answer.text);
  assert.equal(value(entry, 'title'), 'HttpErrorResponse');
  const error = descend(entry, 'content', 'HttpErrorResponse');
  assert.equal(value(error, 'HTTPStatus'), String(status));
  return value(error, 'Message');
}
