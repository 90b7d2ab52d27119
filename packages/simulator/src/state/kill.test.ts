import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { inspect } from 'node:util';
import {
  type Entity,
  LogicalPartition,
  PowerVMError,
  type Session,
  VirtualIOServer,
  VolumeGroup,
} from '@openstack-powervm/rest';
import { createPartition, openSession } from '../testing/client.js';
import { SimulatorProcess } from '../testing/simulator-process.js';
import { Random } from '../world/random.js';

const ROUNDS = 8;

/** What the simulator has said that it has done. */
class Acknowledged {
  readonly partitions = new Set<string>();
  /** Disk name → SHA-256 of its first bytes; undefined while nothing was uploaded. */
  readonly disks = new Map<string, string | undefined>();
  /** Asked for without an answer: may have happened or not. */
  readonly open = new Set<string>();
  #answers = 0;
  #wake: (() => void) | undefined;

  answered(what: string): void {
    this.open.delete(what);
    this.#answers += 1;
    this.#wake?.();
  }

  /** Resolves after so many more answers. */
  async further(count: number): Promise<void> {
    const wanted = this.#answers + count;
    while (this.#answers < wanted) await new Promise<void>((resolve) => (this.#wake = resolve));
  }
}

const isBrokenConnection = (ending: PromiseSettledResult<never>): boolean =>
  ending.status === 'rejected' &&
  ['PVM_CONNECTION_LOST', 'PVM_UNREACHABLE'].includes(PowerVMError.from(ending.reason).code);

test('whatever was acknowledged is there after kill -9 at any moment', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'sim-kill-'));
  t.after(() => rm(directory, { recursive: true, force: true }));
  const random = new Random(20_261_120);
  const told = new Acknowledged();
  for (let round = 0; round < ROUNDS; round += 1) {
    const server = await SimulatorProcess.start(directory);
    t.after(() => server.kill());
    const session = await openSession({ after: () => {} }, server.url);
    await compare(session, server.url, told);
    const work = Promise.allSettled([partitions(session, told, round), disks(session, told, round)]);
    await Promise.race([told.further(random.integer(1, 15)), work]);
    await new Promise((resolve) => setTimeout(resolve, random.integer(0, 20)));
    await server.kill();
    for (const ending of await work) assert.ok(isBrokenConnection(ending), inspect(ending));
    await session.close().catch(() => {});
  }
  assert.ok(told.partitions.size > 0 && told.disks.size > 0, 'something was acknowledged at all');
});

/** Makes partitions, and deletes every third again, until the connection breaks. */
async function partitions(session: Session, told: Acknowledged, round: number): Promise<never> {
  for (let count = 0; ; count += 1) {
    const name = `vm-${round}-${count}`;
    const created = await attempt(told, name, () => createPartition(session, name));
    told.partitions.add(name);
    if (count % 3 !== 2) continue;
    told.partitions.delete(name);
    await attempt(told, name, () => session.delete(created));
    assert.ok(!told.open.has(name));
  }
}

/** Makes disks and writes to them until the connection breaks. */
async function disks(session: Session, told: Acknowledged, round: number): Promise<never> {
  const [vios] = await session.list(VirtualIOServer);
  assert.ok(vios !== undefined);
  for (let count = 0; ; count += 1) {
    const name = `d${round}x${count}`;
    const group = await dataGroup(session, vios);
    const updated = await attempt(told, name, () =>
      session.update(group, (value) => {
        value.virtualDisks.add({ diskName: name, diskLabel: 'None', diskCapacity: 1 });
      }),
    );
    told.disks.set(name, undefined);
    const disk = updated.value.virtualDisks.find(({ diskName }) => diskName === name);
    const bytes = Buffer.alloc(50_000, name);
    await attempt(told, `content of ${name}`, () =>
      session.upload({
        kind: 'BROKERED_DISK_IMAGE',
        name,
        viosId: vios.id,
        deviceUdid: disk?.uniqueDeviceID ?? '',
        size: bytes.length,
        body: () => pieces(bytes),
      }),
    );
    told.disks.set(name, createHash('sha256').update(bytes).digest('hex'));
  }
}

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 20_000) yield bytes.subarray(at, at + 20_000);
}

async function attempt<T>(told: Acknowledged, what: string, work: () => Promise<T>): Promise<T> {
  told.open.add(what);
  const result = await work();
  told.answered(what);
  return result;
}

async function dataGroup(session: Session, vios: Entity<typeof VirtualIOServer>): Promise<Entity<typeof VolumeGroup>> {
  const groups = await session.list(VolumeGroup, { parent: { type: VirtualIOServer, id: vios.id } });
  const group = groups.find(({ value }) => value.groupName === 'datavg');
  assert.ok(group !== undefined);
  return group;
}

/** What came back against what was acknowledged. What was open is settled now, one way or the other. */
async function compare(session: Session, url: string, told: Acknowledged): Promise<void> {
  const names = (await session.list(LogicalPartition)).map(({ value }) => value.partitionName ?? '');
  const made = new Set(names.filter((name) => name.startsWith('vm-')));
  for (const name of told.partitions) assert.ok(made.has(name), `partition ${name} was acknowledged`);
  for (const name of made) {
    if (told.open.has(name)) told.partitions.add(name);
    assert.ok(told.partitions.has(name), `partition ${name} was deleted or never asked for`);
  }
  const found = await allDisks(session);
  for (const [name, sha256] of told.disks) {
    const udid = found.get(name);
    assert.ok(udid !== undefined, `disk ${name} was acknowledged`);
    if (sha256 !== undefined) assert.equal(await digest(url, udid), sha256, `content of ${name}`);
  }
  for (const name of found.keys()) {
    assert.ok(told.disks.has(name) || told.open.has(name), `disk ${name} was never asked for`);
    if (!told.disks.has(name)) told.disks.set(name, undefined);
  }
  told.open.clear();
}

/** Name → UDID */
async function allDisks(session: Session): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const vios of await session.list(VirtualIOServer)) {
    const group = await dataGroup(session, vios);
    for (const disk of group.value.virtualDisks) found.set(disk.diskName ?? '', disk.uniqueDeviceID ?? '');
  }
  return found;
}

async function digest(url: string, udid: string): Promise<string> {
  const answer = await fetch(`${url}/simulator/disks/${encodeURIComponent(udid)}/content?length=50000`);
  return createHash('sha256').update(new Uint8Array(await answer.arrayBuffer())).digest('hex');
}
