import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BridgeClient, type BridgeClientOptions } from '../client/client.js';
import type { Lifecycle } from '../contract/index.js';
import type { DriverHost, DriverMethods } from '../server/host.js';
import { BridgeServer } from '../server/server.js';
import { handshake } from './samples.js';

/** A directory of its own for socket files, removed at the end. */
export async function socketDirectory(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'bridge-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** A server with an injected driver, and whatever a test connects to it; all closed at the end. */
export class Rig implements AsyncDisposable {
  readonly #listeners = new Set<(event: Lifecycle) => void>();
  readonly #clients: BridgeClient[] = [];

  private constructor(
    private readonly directory: AsyncDisposable & { readonly path: string },
    readonly path: string,
  ) {}

  server: BridgeServer | undefined;

  static async start(driver: DriverMethods, host: Partial<DriverHost> = {}): Promise<Rig> {
    const directory = await socketDirectory();
    const rig = new Rig(directory, join(directory.path, 'compute.sock'));
    await rig.listen(driver, host);
    return rig;
  }

  async listen(driver: DriverMethods, host: Partial<DriverHost> = {}): Promise<void> {
    const subscribe = (listener: (event: Lifecycle) => void) => {
      this.#listeners.add(listener);
      return () => void this.#listeners.delete(listener);
    };
    this.server = await BridgeServer.listen({
      path: this.path,
      version: '0.1.0',
      host: { open: async () => driver, subscribe, ...host },
    });
  }

  emit(event: Lifecycle): void {
    for (const listener of this.#listeners) listener(event);
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  async connect(options: Partial<BridgeClientOptions> = {}): Promise<BridgeClient> {
    const client = await BridgeClient.connect({ path: this.path, handshake, ...options });
    this.#clients.push(client);
    return client;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients) await client.close();
    await this.server?.close();
    await this.directory[Symbol.asyncDispose]();
  }
}

/** A promise with its handles outside. */
export function deferred<T = void>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
