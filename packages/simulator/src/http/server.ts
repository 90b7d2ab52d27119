import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Console } from '../console/console.js';
import { FaultRuleError } from '../faults/fault-rules.js';
import { RequestFaults } from '../faults/request-faults.js';
import { latencyOf } from '../latency/request-latency.js';
import { reportError } from '../observe.js';
import type { StateKeeper } from '../state/state-keeper.js';
import { Refusal } from '../world/refusal.js';
import type { World } from '../world/world.js';
import { accepts } from './accept.js';
import { type Answer, type Call, json } from './call.js';
import { errorResponse } from './error-response.js';
import { requestBody } from './request-body.js';
import type { Route, RouteTable } from './route-table.js';
import { sendAnswer } from './send.js';

/** The HTTP face of one console. */
export class ConsoleServer {
  readonly #world: World;
  readonly #table: RouteTable;
  readonly #keeper: StateKeeper | undefined;
  readonly #server: Server;
  /** Requests that are being answered. */
  readonly #running = new Set<AbortController>();
  #console: Console | undefined;
  #transactions = 10_000_000;

  /** With a keeper nothing is answered that a restart would forget. */
  constructor(world: World, table: RouteTable, keeper: StateKeeper | undefined) {
    this.#keeper = keeper;
    this.#world = world;
    this.#table = table;
    this.#server = createServer({ keepAliveTimeout: 30_000, requestTimeout: 0 }, (request, response) => {
      void this.#serve(request, response);
    });
  }

  /** Resolves with the port. */
  async listen(host: string, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    return address.port;
  }

  /** From now on requests are answered; until then with 503. */
  serve(console: Console): void {
    this.#console = console;
  }

  async close(): Promise<void> {
    for (const running of this.#running) running.abort(new Error('The simulator is closing.'));
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const running = new AbortController();
    this.#running.add(running);
    response.once('close', () => {
      this.#running.delete(running);
      running.abort(new Error('The client is gone.'));
    });
    const { signal } = running;
    const url = new URL(request.url ?? '/', 'http://simulator');
    const path = url.pathname.replace(/\/+$/, '');
    const answer = await this.#answer(request, path, url.searchParams, signal, response)
      .finally(() => this.#keeper?.saved())
      .catch((error: unknown) => this.#failed(error, request, path));
    if (answer === undefined) return;
    if (response.destroyed) return answer.undelivered?.();
    response.once('close', () => {
      if (!response.writableFinished) answer.undelivered?.();
    });
    this.#transactions += 1;
    await sendAnswer(request, response, answer, this.#console?.kind, this.#transactions);
  }

  /** Nothing when the connection was broken on purpose. */
  async #answer(
    request: IncomingMessage,
    path: string,
    query: URLSearchParams,
    signal: AbortSignal,
    response: ServerResponse,
  ): Promise<Answer | undefined> {
    const console = this.#console;
    if (console === undefined) throw new Refusal(503, 'The REST service is starting.');
    const { route, parameters } = this.#route(request.method ?? 'GET', path);
    const effects = console.faults.effectsOn({ route: route.name, method: route.method, path });
    const faults = new RequestFaults(effects, this.#world, console, signal, response);
    const token = headerText(request, 'x-api-session');
    const session = console.sessions.find(token);
    await faults.before(session);
    if (route.open !== true && console.sessions.find(token) === undefined) {
      throw new Refusal(401, 'The session is missing, unknown or expired. Log on again.');
    }
    if (!accepts(headerText(request, 'accept'), route.produces)) {
      throw new Refusal(406, `${path} cannot be answered as ${headerText(request, 'accept')}.`);
    }
    if (session !== undefined) {
      session.requests += 1;
      session.usedAt = this.#world.clock.now();
    }
    const body = requestBody(request);
    const call: Call = {
      console,
      world: this.#world,
      method: route.method,
      path,
      query,
      headers: request.headers,
      parameters,
      session,
      signal,
      ...body,
    };
    if (faults.broken) return undefined;
    const cost = latencyOf(this.#world.costs, console.systems, { method: route.method, path, query });
    if (cost > 0) await this.#world.clock.sleep(cost, signal);
    return faults.after(await route.answer(call));
  }

  #route(method: string, path: string): { route: Route; parameters: Record<string, string> } {
    const match = this.#table.match(method, path);
    if (match === undefined) {
      if (!path.startsWith('/rest/api/')) throw new Refusal(404, `There is nothing at ${path}.`);
      throw new Refusal(501, `${method} ${path} is not implemented by this simulator.`);
    }
    if ('route' in match) return match;
    throw new MethodNotAllowed(method, path, match.allowed);
  }

  #failed(error: unknown, request: IncomingMessage, path: string): Answer | undefined {
    const facts = { path, headers: request.headers };
    if (error instanceof FaultRuleError) return json({ error: error.message, problems: error.problems }, 400);
    if (error instanceof Refusal) {
      const { status, message, reasonCode } = error;
      const answer = errorResponse({ ...facts, status, message, reasonCode });
      return error instanceof MethodNotAllowed
        ? { ...answer, headers: { Allow: error.allowed.join(', ') } }
        : answer;
    }
    if (request.destroyed && !request.complete) return undefined;
    reportError(error, `${request.method} ${path}`);
    const message = error instanceof Error ? error.message : String(error);
    return errorResponse({ ...facts, status: 500, message: `The simulator failed: ${message}` });
  }
}

class MethodNotAllowed extends Refusal {
  readonly allowed: readonly string[];

  constructor(method: string, path: string, allowed: readonly string[]) {
    super(405, `${method} is not possible at ${path}; ${allowed.join(', ')} are.`);
    this.allowed = allowed;
  }
}

function headerText(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
