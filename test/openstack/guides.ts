import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestContext } from 'node:test';
import type { Scene } from './support/scene.js';

const root = resolve(import.meta.dirname, '../../..');

/** Pages with commands for a running one-command OpenStack. */
const pages = ['user-guide', 'quickstart', 'networking'];

/** The first port of the quick start, which its addresses are made of. */
const documentedPortBase = 23_500;

/** Resources that the commands of a page make, and in which order they can go. */
const kinds = ['server', 'port', 'image', 'flavor', 'keypair'] as const;

/** Blocks of a page in which every line is a command for the cloud and nothing is left out. */
async function blocksOf(page: string): Promise<string[]> {
  const text = await readFile(join(root, `docs/${page}.md`), 'utf8');
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
    .flatMap(([, block]) => block ?? [])
    .filter((block) => !block.includes('…') && block.split('\n').every(isForTheCloud));
}

const isForTheCloud = (line: string): boolean => line === '' || /^(openstack|curl| )/.test(line);

/** Runs every command of the guides, block after block, as a reader would; in the end nothing of it is left. */
export async function guides(t: TestContext, scene: Scene): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'powervm-guide-'));
  try {
    await makeFiles(folder);
    for (const page of pages) {
      const blocks = await blocksOf(page);
      assert.ok(blocks.length > 0, page);
      await scene.leavingNothing(async () => {
        const before = await everything(scene);
        for (const block of blocks)
          await t.test(`${page}: ${block.split('\n', 1)[0]}`, () => runBlock(scene, folder, block));
        await removeNew(scene, before);
      });
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function runBlock(scene: Scene, folder: string, block: string): Promise<void> {
  const base = scene.deployment.ports.keystone;
  const here = block.replace(/(?<=127\.0\.0\.1:)235\d\d/g, (port) =>
    String(Number(port) - documentedPortBase + base),
  );
  const { code, output, complaint } = await scene.client.shell(here, folder);
  assert.equal(code, 0, `${output}\n${complaint}`);
}

/** The files that the pages speak of. */
async function makeFiles(folder: string): Promise<void> {
  await writeFile(join(folder, 'disk.raw'), 'a boot sector');
  await truncate(join(folder, 'disk.raw'), 16 << 20);
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  await writeFile(join(folder, 'key.pub'), `${openSshKey(n, e)} reader\n`);
}

/** An RSA key in the one-line form of OpenSSH (RFC 4253, section 6.6), from the fields of its JWK. */
function openSshKey(n: string, e: string): string {
  const number = (field: string) => Buffer.concat([Buffer.of(0), Buffer.from(field, 'base64url')]);
  const parts = [Buffer.from('ssh-rsa'), Buffer.from(e, 'base64url'), number(n)];
  const framed = parts.flatMap((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return [length, part];
  });
  return `ssh-rsa ${Buffer.concat(framed).toString('base64')}`;
}

type Kind = (typeof kinds)[number];
type Existing = ReadonlyMap<Kind, ReadonlySet<string>>;

async function everything(scene: Scene): Promise<Existing> {
  const found = new Map<Kind, ReadonlySet<string>>();
  for (const kind of kinds) found.set(kind, new Set(await listOf(scene, kind)));
  return found;
}

async function listOf(scene: Scene, kind: Kind): Promise<string[]> {
  const rows = await scene.client.list(kind, 'list');
  return rows.map((row) => String(row['ID'] ?? row['Name']));
}

/** A page need not clean up behind its reader; the test does. Ports may go with their servers. */
async function removeNew(scene: Scene, before: Existing): Promise<void> {
  for (const kind of kinds)
    for (const id of await listOf(scene, kind))
      if (!before.get(kind)?.has(id))
        await scene.client.run(kind, 'delete', ...(kind === 'server' ? ['--wait'] : []), id);
}
