import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex, Readable, Writable } from 'node:stream';
import { DevTools } from './devtools.js';
import { Page } from './page.js';

const executable = '/usr/bin/chromium';

/** Why no browser can be started here; undefined when one can. */
export function reasonWithoutBrowser(): string | undefined {
  return existsSync(executable) ? undefined : `${executable} is not there (Debian package chromium)`;
}

/** How long the browser may take to end, milliseconds. */
const graceMs = 10_000;

/** A headless Chromium with a profile of its own. Dispose of it at the end. */
export class Browser implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #tools: DevTools;

  private constructor(process: ChildProcess, profile: string, tools: DevTools) {
    this.#process = process;
    this.#profile = profile;
    this.#tools = tools;
  }

  static async start(): Promise<Browser> {
    const profile = await mkdtemp(join(tmpdir(), 'powervm-browser-'));
    const child = spawn(
      executable,
      [
        ...['--headless=new', '--remote-debugging-pipe', `--user-data-dir=${profile}`],
        // The tests run as root, where Chromium has no sandbox; it opens our own pages only.
        ...['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'],
        ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
        ...['--no-proxy-server', '--window-size=1200,600', 'about:blank'],
      ],
      // The process group is its own, so that all of it can be ended.
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true },
    );
    const [, , , commands, answers] = child.stdio;
    if (!(commands instanceof Writable) || !(answers instanceof Readable || answers instanceof Duplex))
      throw new Error('the browser has no DevTools pipes');
    return new Browser(child, profile, new DevTools(answers, commands));
  }

  /** Opens an address in a new tab. */
  async open(url: string): Promise<Page> {
    return Page.open(this.#tools, url);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = this.#process.exitCode === null ? once(this.#process, 'exit') : Promise.resolve();
    await this.#tools.send('Browser.close').catch(() => undefined);
    const killing = setTimeout(() => this.#kill(), graceMs);
    await ended;
    clearTimeout(killing);
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #kill(): void {
    const { pid } = this.#process;
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  }
}
