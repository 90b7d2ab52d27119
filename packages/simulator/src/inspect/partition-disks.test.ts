import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { LogicalPartition, LogicalUnit, Tier } from '@openstack-powervm/rest';
import { twoHostSite } from '../site/two-host-site.js';
import { mapStorage, once, openClient, viosNamed } from '../testing/client.js';

test('capture: what was uploaded to a disk is what the NovaLink partition reads once the disk is mapped to it', async (t) => {
  const { simulator, session } = await openClient(t, { site: twoHostSite() });
  const tier = (await session.list(Tier)).find(({ value }) => value.isDefault === true);
  const novalink = (await session.list(LogicalPartition)).find(({ value }) => value.isManagementPartition);
  assert.ok(tier !== undefined && novalink !== undefined);
  const create = (init: Parameters<typeof session.create<typeof LogicalUnit.fields>>[1]) =>
    session.create(LogicalUnit, init, { parent: { type: Tier, id: tier.id } });
  const image = await create({ unitName: 'image', unitCapacity: 0.01 });
  const content = Buffer.alloc(2_000_000, 'a deployed image ');
  const vios = await viosNamed(session, 'vios1');
  await session.upload({
    kind: 'BROKERED_DISK_IMAGE',
    name: 'image',
    viosId: vios.id,
    deviceUdid: image.value.uniqueDeviceID,
    size: content.length,
    body: () => once(content),
  });
  const { uniqueDeviceID = '' } = (
    await create({ unitName: 'boot', clonedFrom: image.value.uniqueDeviceID ?? '' })
  ).value;
  const url = `${simulator.url}/simulator`;
  const listed = async (): Promise<unknown> => (await fetch(`${url}/partitions/novalink/disks`)).json();
  assert.deepEqual(await listed(), []);
  await mapStorage(session, vios, novalink, {
    logicalUnit: { uniqueDeviceID, unitName: 'boot' },
  });
  const disks = await listed();
  assert.ok(Array.isArray(disks));
  assert.deepEqual(
    disks.map(({ kind, name, udid }) => ({ kind, name, udid })),
    [{ kind: 'LogicalUnit', name: 'boot', udid: uniqueDeviceID }],
  );
  const read = await fetch(`${url}/disks/${uniqueDeviceID}/content?length=${content.length}`);
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  assert.equal(sha256(new Uint8Array(await read.arrayBuffer())), sha256(content));
  assert.equal((await fetch(`${url}/partitions/nobody/disks`)).status, 404);
});
