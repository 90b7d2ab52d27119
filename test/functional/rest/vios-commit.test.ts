import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import {
  type CommitObservation,
  observe,
  type Session,
  VirtualIOServer,
  VolumeGroup,
} from '@openstack-powervm/rest';
import { createPartition, openSession, simulated, storage } from './site.js';

type Storage = Awaited<ReturnType<typeof storage>>;

const names = Array.from({ length: 10 }, (_, index) => `disk${index}`);

/** Adds a virtual disk of 1 GB (protocol reference A.3). */
function addDisk(session: Session, { vios, group }: Storage, diskName: string) {
  const edit = (value: VolumeGroup) => {
    if (value.virtualDisks.some((disk) => disk.diskName === diskName)) return false;
    value.virtualDisks.add({
      diskCapacity: 1,
      diskLabel: 'None',
      diskName,
      virtualDiskType: 'LogicalVolume',
    });
    return true;
  };
  return session.commit(VolumeGroup, group.id, ['None'], edit, { parent: vios });
}

/** Maps a virtual disk to a partition (protocol reference A.2). */
function mapDisk(session: Session, { vios }: Storage, partition: string, diskName: string) {
  return session.commit(VirtualIOServer, vios.id, ['ViosSCSIMapping'], (value) => {
    if (value.virtualSCSIMappings.some(({ storage }) => storage?.virtualDisk?.diskName === diskName))
      return false;
    value.virtualSCSIMappings.add({
      associatedLogicalPartition: `${session.endpoint}/rest/api/uom/LogicalPartition/${partition}`,
      clientAdapter: { adapterType: 'Client', useNextAvailableSlotID: true },
      serverAdapter: { adapterType: 'Server', useNextAvailableSlotID: true },
      storage: { virtualDisk: { diskName, virtualDiskType: 'LogicalVolume' } },
    });
    return true;
  });
}

/** The batches that end while `work` runs. */
async function batches(work: () => Promise<unknown>): Promise<CommitObservation[]> {
  const seen: CommitObservation[] = [];
  const stop = observe('powervm.rest.commit', (each) => seen.push(each));
  try {
    await work();
  } finally {
    stop();
  }
  return seen;
}

test('ten deployments at once write the volume group once and the VIOS once (TX-2, TX-8)', async (t) => {
  const simulator = await simulated(t);
  const session = await openSession(t, simulator);
  const site = await storage(session);
  const partition = await createPartition(session, 'demo');
  const created = await batches(() => Promise.all(names.map((name) => addDisk(session, site, name))));
  assert.deepEqual(
    created.map(({ edits, outcome }) => [edits, outcome]),
    [[10, 'written']],
  );
  const mapped = await batches(() =>
    Promise.all(names.map((name) => mapDisk(session, site, partition.id, name))),
  );
  assert.deepEqual(
    mapped.map(({ edits, outcome }) => [edits, outcome]),
    [[10, 'written']],
  );
  const vios = simulator.inspect().systems[0]?.vioses.find(({ name }) => name === 'vios1');
  assert.deepEqual(new Set(vios?.mappings.map(({ storage }) => storage?.name)), new Set(names));
  const again = await batches(() => mapDisk(session, site, partition.id, 'disk3'));
  assert.deepEqual(
    again.map(({ outcome }) => outcome),
    ['unchanged'],
  );
});

test('a mapping that the VIOS refuses fails alone', async (t) => {
  const simulator = await simulated(t);
  const session = await openSession(t, simulator);
  const site = await storage(session);
  const partition = await createPartition(session, 'demo');
  await Promise.all(names.map((name) => addDisk(session, site, name)));
  const wanted = [...names.slice(0, 6), 'missing', ...names.slice(6)];
  const outcomes = await Promise.allSettled(wanted.map((name) => mapDisk(session, site, partition.id, name)));
  assert.deepEqual(
    wanted.filter((_, index) => outcomes[index]?.status === 'rejected'),
    ['missing'],
  );
  const [refused] = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  assert.match(refused.message, /missing/);
});

test('committers in many sessions, a busy VIOS and lost answers lose and repeat nothing', async (t) => {
  const simulator = await simulated(t);
  const sessions = await Promise.all(names.map(() => openSession(t, simulator)));
  const [first] = sessions;
  assert.ok(first);
  const site = await storage(first);
  const update = {
    method: 'POST',
    path: `/rest/api/uom/VirtualIOServer/${site.vios.id}/VolumeGroup/*`,
  } as const;
  simulator.faults.add({ ...update, count: 3, effect: { kind: 'vios-busy' } });
  simulator.faults.add({ ...update, skip: 2, count: 2, effect: { kind: 'reset', when: 'after' } });
  simulator.faults.add({ ...update, skip: 5, count: 2, effect: { kind: 'reset', when: 'before' } });
  await Promise.all(sessions.map((session, index) => addDisk(session, site, `disk${index}`)));
  const group = await first.get(VolumeGroup, site.group.id, { parent: site.vios });
  const found = group.value.virtualDisks.map(({ diskName }) => diskName);
  assert.deepEqual(found.toSorted(), names);
  for (const rule of simulator.faults.list()) assert.equal(rule.acted, rule.count, rule.id);
});

test('an image is uploaded to a new disk and read back', async (t) => {
  const simulator = await simulated(t);
  const session = await openSession(t, simulator);
  const site = await storage(session);
  const group = await addDisk(session, site, 'disk0');
  const deviceUdid = group.value.virtualDisks.find(({ diskName }) => diskName === 'disk0')?.uniqueDeviceID;
  const image = Buffer.alloc(3 * 1024 * 1024, 'powervm ');
  const sha256 = createHash('sha256').update(image).digest('hex');
  async function* body(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < image.length; at += 65_536) yield image.subarray(at, at + 65_536);
  }
  const target = { kind: 'BROKERED_DISK_IMAGE', name: 'disk0', viosId: site.vios.id, deviceUdid } as const;
  await session.upload({ ...target, size: image.length, sha256, body });
  const stored: Uint8Array[] = [];
  for await (const chunk of simulator.readDisk(deviceUdid ?? '', image.length)) stored.push(chunk);
  assert.ok(Buffer.concat(stored).equals(image));
  assert.deepEqual(simulator.inspect().consoles[0]?.files, []);
});
