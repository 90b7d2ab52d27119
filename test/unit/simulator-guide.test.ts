import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { parseArgs } from 'node:util';
import { readSite } from '@openstack-powervm/simulator';

const root = resolve(import.meta.dirname, '../../..');
const main = join(root, 'packages/cli/dist/main.js');
const pages = ['docs/simulator.md', 'packages/simulator/README.md'];

const blocksOf = (page: string, language: string): string[] =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(
    ([, name, block = '']) => (name === language ? [block] : []),
  );

/** Words of a line, single quotes taken off. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

/** The commands of one block, one after the other; the simulator of a line serves until the next one. */
class Guide {
  readonly #folder: string;
  #child: ChildProcess | undefined;
  /** Port on the page → where that console really listens. */
  readonly #urls = new Map<string, string>();

  constructor(test: TestContext) {
    this.#folder = mkdtempSync(join(tmpdir(), 'powervm-guide-'));
    test.after(async () => {
      await this.#stop();
      rmSync(this.#folder, { recursive: true });
    });
    for (const page of pages)
      for (const block of blocksOf(page, 'yaml')) writeFileSync(join(this.#folder, nameOf(block)), block);
  }

  async run(line: string): Promise<void> {
    const [program, ...words] = wordsOf(line.replace(/ #.*/, ''));
    if (program === 'curl') await this.#ask(words);
    else if (words.includes('--capabilities') || words.includes('--assumptions')) {
      const { status, stdout } = spawnSync(process.execPath, [main, ...words]);
      assert.ok(status === 0 && stdout.length > 1000, line);
    } else if (program === 'powervm' && words[0] === 'simulate') await this.#serve(words);
    else assert.fail(`the page has a command that is not run: ${line}`);
  }

  async #serve(words: readonly string[]): Promise<void> {
    await this.#stop();
    const child = spawn(process.execPath, [main, ...words, '--port', '0'], {
      cwd: this.#folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    this.#urls.clear();
    for await (const text of createInterface(child.stdout)) {
      const url = /^system \S+ at (\S+)$/.exec(text)?.[1];
      if (url !== undefined) this.#urls.set(String(12_080 + this.#urls.size), url);
      if (text.endsWith('ready')) return;
    }
    assert.fail(`powervm ${words.join(' ')} has not started`);
  }

  async #ask(words: string[]): Promise<void> {
    const { values, positionals } = parseArgs({
      args: words,
      allowPositionals: true,
      options: { method: { type: 'string', short: 'X' }, data: { type: 'string', short: 'd' } },
    });
    const [, port = '', path = ''] = /^http:\/\/127\.0\.0\.1:(\d+)(\/.*)$/.exec(positionals[0] ?? '') ?? [];
    const { method = 'GET', data = null } = values;
    const answer = await fetch(`${this.#urls.get(port)}${path}`, { method, body: data });
    assert.ok(answer.ok, `${words.join(' ')}: ${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer().catch(() => undefined);
  }

  async #stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
}

/** The first line of a file on the page is its name. */
const nameOf = (block: string): string => /^# (\S+)\n/.exec(block)?.[1] ?? '';

for (const page of pages) {
  for (const [index, block] of blocksOf(page, 'sh').entries()) {
    const lines = block.split('\n').filter((line) => line !== '');
    test(`${page}: ${index + 1}: ${lines[0]}`, async (t) => {
      const guide = new Guide(t);
      for (const line of lines) await guide.run(line);
    });
  }
}

test('the pages show commands and a site at all', () => {
  for (const page of pages) assert.ok(blocksOf(page, 'sh').length > 0, page);
  const [site] = blocksOf('docs/simulator.md', 'yaml');
  assert.equal(readSite(site ?? '', 'site.yaml').systems.length, 1);
});
