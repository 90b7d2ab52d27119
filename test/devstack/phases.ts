import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

const repository = resolve(import.meta.dirname, '../../..');

/** How long all phases of one run may take, milliseconds; installing and compiling is a minute where nothing else runs. */
const limitMs = 900_000;

/** How long a service may take to start, milliseconds. */
const startLimitMs = 60_000;

export interface PhasesResult {
  readonly code: number;
  readonly output: string;
}

/** A folder that stands for a machine on which DevStack stacks; all processes end with the test. */
export class DevStackMachine {
  readonly folder: string;
  readonly #devstack: string;
  readonly #localrc: string;

  constructor(t: TestContext, devstack: string, localrc: string) {
    this.folder = mkdtempSync(join(tmpdir(), 'powervm-devstack-'));
    this.#devstack = devstack;
    this.#localrc = join(this.folder, 'localrc');
    writeFileSync(this.#localrc, localrc);
    // DevStack writes it before; nobody listens there, so the agents go on trying.
    mkdirSync(join(this.folder, 'etc/neutron'), { recursive: true });
    writeFileSync(
      join(this.folder, 'etc/neutron/neutron.conf'),
      '[DEFAULT]\ntransport_url = rabbit://stackrabbit:secret@127.0.0.1:9/\n',
    );
    // As enable_plugin does. What is not committed is not tested.
    execFileSync('git', ['clone', '--quiet', repository, this.checkout]);
    t.after(async () => {
      await this.run('unstack');
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  /** The plug-in, as DevStack fetches it. */
  get checkout(): string {
    return join(this.folder, 'openstack-powervm');
  }

  get novaConf(): string {
    return join(this.folder, 'etc/nova.conf');
  }

  /** Puts a copy of an installed Nova where DevStack has its source tree. */
  copyNova(installed: string): void {
    cpSync(installed, join(this.folder, 'nova/nova'), { recursive: true });
  }

  /** Waits until a service has written this to its log; it is started in the background, as systemd does it. */
  async logged(service: string, text: RegExp): Promise<void> {
    const deadline = Date.now() + startLimitMs;
    while (!text.test(readFileSync(join(this.folder, `${service}.log`), 'utf8'))) {
      if (Date.now() > deadline) throw new Error(`${service} has not logged ${text}`);
      await sleep(100);
    }
  }

  run(...phases: readonly string[]): Promise<PhasesResult> {
    const script = join(repository, 'test/devstack/stack.sh');
    const args = [script, this.#devstack, this.checkout, this.folder, this.#localrc, ...phases];
    return new Promise((done) => {
      execFile('/bin/bash', args, { timeout: limitMs }, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        done({ code, output: `${stdout}${stderr}` });
      });
    });
  }
}
