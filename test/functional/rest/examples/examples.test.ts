import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { type Entity, type Session, type VirtualIOServer, VolumeGroup } from '@openstack-powervm/rest';
import { createPartition, openSession, partitionInit, simulated, storage } from '../site.js';
import * as guide from './guide.js';

const root = resolve(import.meta.dirname, '../../../../..');

function source(name: string): string {
  return readFileSync(join(root, 'test/functional/rest/examples', name), 'utf8');
}

/** The TypeScript blocks of a page. */
function blocksOf(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
}

/** Lines without indentation: an example may stand deeper in the code than on the page. */
function flat(text: string): string {
  return text.replace(/^ +/gm, '');
}

test('every example of the guide and of the README is one of those that are compiled and run', () => {
  const blocks = blocksOf('docs/rest-client.md');
  assert.ok(blocks.length >= 9);
  for (const block of blocks) assert.ok(flat(source('guide.ts')).includes(flat(block)), block);
  const [quickStart = '', ...others] = blocksOf('packages/rest/README.md');
  assert.ok(source('quick-start.ts').includes(quickStart));
  assert.deepEqual(others, []);
});

test('the quick start prints the partitions', async (t) => {
  const simulator = await simulated(t);
  const program = join(import.meta.dirname, 'quick-start.js');
  const env = { POWERVM_ENDPOINT: simulator.url, POWERVM_PASSWORD: 'pvmadmin-simulated' };
  const { stdout } = await promisify(execFile)(process.execPath, [program], { env });
  assert.match(stdout, /^\d+ \S+ running$/m);
  assert.deepEqual(simulator.inspect().consoles[0]?.sessions, []);
});

test('the examples of the guide do what the guide says', async (t) => {
  const simulator = await simulated(t);
  const session = await openSession(t, simulator);
  const printed: string[] = [];
  const console = { log: (...values: unknown[]) => void printed.push(values.join(' ')) };
  const expectPrinted = (pattern: RegExp) => assert.match(printed.splice(0).join('\n'), pattern);

  await guide.opens(simulator.url, 'pvmadmin-simulated', console);
  expectPrinted(/^NovaLink at http:/);
  const vios = await guide.reads(session, console);
  expectPrinted(/0 mappings\ntrue$/);
  const stop = guide.observations(console);
  await guide.writes(session, partitionInit('small'));
  stop();
  expectPrinted(/^PUT .*\nPOST .*\nDELETE \S+ 204 \d+ ms$/);
  const { group } = await storage(session);
  await guide.commits(session, vios, group.id, console);
  await guide.commits(session, vios, group.id, console);
  const [first, second, ...more] = printed.splice(0);
  assert.match(first ?? '', /^03/);
  assert.deepEqual([second, more], [first, []]);

  await withRepository(session, vios, group.id);
  await guide.uploads(session, vios, Buffer.from('a small disc'), console);
  expectPrinted(/^12 of 12$/);

  const controller = new AbortController();
  const following = guide.events(session, controller.signal, console);
  const { id } = await createPartition(session, 'demo');
  await guide.jobs(session, id, console);
  await guide.jobs(session, id, console);
  while (!printed.some((line) => line.startsWith('modify') && line.includes(id)))
    await new Promise(setImmediate);
  controller.abort();
  await assert.rejects(following, { code: 'PVM_ABORTED' });
  expectPrinted(/read everything again: subscribed[\s\S]*COMPLETED_OK/);
});

/** Media are uploaded into a repository (protocol reference 3.12). */
async function withRepository(session: Session, vios: Entity<typeof VirtualIOServer>, groupId: string) {
  const edit = ({ mediaRepositories }: VolumeGroup) => {
    if (mediaRepositories.length > 0) return false;
    mediaRepositories.add({ repositoryName: 'vopt', repositorySize: 1 });
    return true;
  };
  await session.commit(VolumeGroup, groupId, ['None'], edit, { parent: vios });
}
