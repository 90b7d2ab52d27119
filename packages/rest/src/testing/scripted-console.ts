import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

/** A request as it arrived. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** What to do with a request; a function may answer by itself, hang, or break the connection. */
export type Step =
  | Answer
  | ((request: SeenRequest, response: ServerResponse) => Answer | undefined | Promise<Answer | undefined>)
  | RawStep;

/** Gets the request before its body has been read; the request is not in `requests`. */
export interface RawStep {
  raw(incoming: IncomingMessage, response: ServerResponse): void | Promise<void>;
}

type AnyHandler = (request: SeenRequest, response: ServerResponse) => boolean;

/** Steps by `METHOD path`; each is used once, the last one again and again. */
export type Script = Readonly<Record<string, Step | readonly Step[]>>;

/**
 * A console that follows a script. It knows nothing of PowerVM, so no mistake in the simulator can hide one in the
 * client. Logon and logoff are answered unless the script does. It is closed with the test, which fails if a request
 * came that the script does not have.
 */
export class ScriptedConsole {
  readonly requests: SeenRequest[] = [];
  readonly #server: Server;
  readonly #steps: Map<string, Step[]>;
  readonly #unexpected: string[] = [];
  #any: AnyHandler = () => false;

  private constructor(script: Script, secure: ServerOptions | undefined) {
    const complete = {
      'PUT /rest/api/web/Logon': logonAnswer('token-1'),
      'DELETE /rest/api/web/Logon': { status: 204 },
      ...script,
    };
    this.#steps = new Map(Object.entries(complete).map(([route, steps]) => [route, [steps].flat()]));
    const serve = (request: IncomingMessage, response: ServerResponse) => void this.#serve(request, response);
    this.#server = secure ? createSecureServer(secure, serve) : createServer(serve);
  }

  static async start(t: TestContext, script: Script = {}, secure?: ServerOptions): Promise<ScriptedConsole> {
    const scripted = new ScriptedConsole(script, secure);
    await new Promise<void>((resolve) => scripted.#server.listen(0, '127.0.0.1', resolve));
    t.after(() => scripted.#stop());
    return scripted;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** `METHOD path` of every request, logon and logoff left out. */
  get seen(): string[] {
    return this.requests
      .filter(({ path }) => path !== '/rest/api/web/Logon')
      .map(({ method, path }) => `${method} ${path}`);
  }

  count(route: string): number {
    return this.requests.filter(({ method, path }) => `${method} ${path}` === route).length;
  }

  /** Connections that clients hold open at this moment. */
  async openConnections(): Promise<number> {
    return await new Promise((resolve, reject) =>
      this.#server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );
  }

  /** Adds to the script or replaces part of it. */
  on(route: string, ...steps: Step[]): void {
    this.#steps.set(route, steps);
  }

  /** Gives every request that the script does not have to this function first; false hands it back. */
  onAny(handler: AnyHandler): void {
    this.#any = handler;
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = `${incoming.method} ${incoming.url}`;
    const steps = this.#steps.get(route);
    const step = steps && steps.length > 1 ? steps.shift() : steps?.[0];
    if (step && 'raw' in step) return await step.raw(incoming, response);
    const request: SeenRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers as Record<string, string>,
      body: await textOf(incoming),
    };
    this.requests.push(request);
    if (!step && this.#any(request, response)) return;
    if (!step) this.#unexpected.push(route);
    const answer = typeof step === 'function' ? await step(request, response) : (step ?? { status: 599 });
    if (answer)
      response.writeHead(answer.status ?? 200, { 'X-MC-Type': 'PVM', ...answer.headers }).end(answer.body);
  }

  async #stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    assert.deepEqual(this.#unexpected, [], 'requests the script does not have');
  }
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of incoming) chunks.push(chunk);
  } catch {
    // the client broke off; what arrived is what counts
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A logon answer as captured (captures: logon.xml), with this token. */
export function logonAnswer(token: string, headers: Answer['headers'] = {}): Answer {
  return {
    headers,
    body:
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
      '<LogonResponse xmlns="http://www.ibm.com/xmlns/systems/power/firmware/web/mc/2012_10/" schemaVersion="V1_1_0">' +
      `<Metadata><Atom/></Metadata><X-API-Session kb="ROR" kxe="false">${token}</X-API-Session></LogonResponse>`,
  };
}

/** An error document as captured (captures: fake_httperror.txt). */
export function errorAnswer(status: number, message: string): Answer {
  const web = 'http://www.ibm.com/xmlns/systems/power/firmware/web/mc/2012_10/';
  return {
    status,
    headers: { 'Content-Type': 'application/atom+xml' },
    body:
      '<entry xmlns="http://www.w3.org/2005/Atom"><id>1a14745f-ebfd-4d4c-b22b-e6a6ab33e777</id>' +
      '<title>HttpErrorResponse</title><published>2015-04-17T23:51:46.756Z</published>' +
      '<author><name>IBM Power Systems Management Console</name></author>' +
      '<content type="application/vnd.ibm.powervm.web+xml; type=HttpErrorResponse">' +
      `<HttpErrorResponse:HttpErrorResponse xmlns:HttpErrorResponse="${web}" xmlns="${web}" schemaVersion="V1_2_0">` +
      `<Metadata><Atom/></Metadata><HTTPStatus kb="ROR" kxe="false">${status}</HTTPStatus>` +
      '<RequestURI kb="ROR" kxe="false">/rest/api/uom/X</RequestURI>' +
      '<ReasonCode kb="ROR" kxe="false">Unknown internal error.</ReasonCode>' +
      `<Message kb="ROO" kxe="false">${message}</Message>` +
      '</HttpErrorResponse:HttpErrorResponse></content></entry>',
  };
}
