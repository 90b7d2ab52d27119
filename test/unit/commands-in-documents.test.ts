import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { buildProgram, throwInsteadOfExit } from '@openstack-powervm/cli';
import { defaultSite, type Simulator, startSimulator } from '@openstack-powervm/simulator';

const root = resolve(import.meta.dirname, '../../..');
const main = join(root, 'packages/cli/dist/main.js');
const documents = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));

/** Long enough for a command that follows events to have logged on; it is then asked to stop. */
const patienceMs = 3000;

/** Daemons take sockets and ports of the machine: of them only the command line is tried here, other tests run them. */
const isDaemon = (line: string) => /^powervm (compute(?! check)|\S+-agent|simulate)\b/.test(line);

/** Command lines of a document: examples of help texts, and what stands between back quotes. */
function commandsIn(text: string): string[] {
  const examples = [...text.matchAll(/^ {2}(powervm [a-z].*)$/gm)].map(
    ([, line = '']) => line.split(/ {2,}/, 1)[0],
  );
  const quoted = [...text.matchAll(/`(powervm [a-z][^`\n]*)`/g)].map(([, line]) => line);
  return [...examples, ...quoted]
    .flatMap((line) => line?.split(' | ', 1) ?? [])
    .map((line) => line.replace(/\s+\\$/, '').trim())
    .filter((line) => !line.includes('|') && !line.includes('…'));
}

interface End {
  readonly status: number | null;
  readonly stopped: boolean;
  readonly text: string;
}

function runLine(line: string, folder: string, endpoint: string): Promise<End> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('POWERVM_'));
  const child = spawn(process.execPath, [main, ...line.split(/\s+/).slice(1)], {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), POWERVM_ENDPOINT: endpoint },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part) => (text += part));
  let stopped = false;
  const timer = setTimeout(() => {
    stopped = child.kill('SIGTERM');
  }, patienceMs);
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (status) => {
      clearTimeout(timer);
      done({ status, stopped, text });
    });
  });
}

/** Names in examples are examples: that there is no such object or file is said as such. */
function isFine(line: string, { status, stopped, text }: End): boolean {
  if (status === 0 || stopped) return true;
  if (/ show | explain CODE/.test(line)) return status === 3;
  if (line.startsWith('powervm compute check'))
    return status === 1 && /^problem|"problems": [1-9]|cannot read/m.test(text);
  return false;
}

/** Reads a command line without doing what it says; throws when it is wrong. */
async function parse(line: string): Promise<void> {
  const program = throwInsteadOfExit(buildProgram());
  // Two words name a command in a sentence; what it needs is not said there.
  const [, name, ...rest] = line.split(/\s+/);
  if (rest.length === 0 && program.commands.some((command) => command.name() === name)) return;
  for (const command of program.commands) command.action(() => {}).configureOutput({ writeErr: () => {} });
  await program.parseAsync(['node', ...line.split(/\s+/)]);
}

describe('every powervm command in the guides', () => {
  let simulator: Simulator;
  let folder = '';
  before(async () => {
    simulator = await startSimulator({ site: defaultSite({ partitions: { count: 3, mappings: 3 } }) });
    folder = mkdtempSync(join(tmpdir(), 'powervm-guides-'));
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await simulator.close();
  });

  const lines = new Set(
    documents.flatMap((name) => commandsIn(readFileSync(join(root, 'docs', name), 'utf8'))),
  );

  test('there are many of them', () => assert.ok(lines.size > 30, [...lines].join('\n')));

  for (const line of lines)
    test(line, async () => {
      if (isDaemon(line)) return parse(line);
      const end = await runLine(line, folder, simulator.url);
      assert.ok(isFine(line, end), `exit status ${end.status}: ${end.text}`);
    });
});
