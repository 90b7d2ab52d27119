import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { twoHostSite } from '../site/two-host-site.js';
import { Api, idOf, objectOf, objectsOf, value } from '../testing/api.js';
import { mappingElement, unitBody, unitReference } from '../testing/bodies.js';
import { addMapping } from '../testing/mapping-steps.js';
import { createdPartition, finishedJob, uploaded } from '../testing/steps.js';

async function pool(t: TestContext) {
  const api = await Api.start(t, { site: twoHostSite() });
  const cluster = idOf(objectOf(await api.get('uom/Cluster')));
  const tiers = objectsOf(await api.get('uom/Tier'));
  const tier = tiers.find((each) => value(each, 'IsDefault') === 'true') ?? assert.fail();
  const units = `uom/Tier/${idOf(tier)}/LogicalUnit`;
  const make = async (name: string, gigabytes: string, type = 'VirtualIO_Disk', thin = true) =>
    value(objectOf(await api.put(units, unitBody(name, gigabytes, type, thin))), 'UniqueDeviceID');
  const link = async (SourceUDID: string, DestinationUDID: string) =>
    value(
      await finishedJob(api, 'Cluster', cluster, 'LULinkedClone', { SourceUDID, DestinationUDID }),
      'Status',
    );
  return { api, units, make, link };
}

test('LULinkedClone lets a unit share the bytes of an image', async (t) => {
  const { api, units, make, link } = await pool(t);
  const image = await make('image', '0.010000', 'VirtualIO_Image');
  const [vios] = objectsOf(await api.get('uom/VirtualIOServer'));
  assert.ok(vios !== undefined);
  const bytes = Buffer.alloc(500_000, 'an image');
  const file = { name: 'image', type: 'BROKERED_DISK_IMAGE', vios: idOf(vios), device: image } as const;
  assert.equal((await uploaded(api, file, bytes)).status, 204);
  const disk = await make('boot', '1.000000');
  assert.equal(await link(image, disk), 'COMPLETED_OK');
  const unit = objectsOf(await api.get(units)).find((each) => value(each, 'UniqueDeviceID') === disk);
  assert.equal(value(unit ?? assert.fail(), 'ClonedFrom'), image);
  const read = await fetch(`${api.simulator.url}/simulator/disks/${disk}/content?length=${bytes.length}`);
  assert.ok(Buffer.from(await read.arrayBuffer()).equals(bytes));
});

test('LULinkedClone refuses what is mapped, too small, thick, itself or not there, and changes nothing', async (t) => {
  const { api, make, link } = await pool(t);
  const image = await make('image', '1.000000', 'VirtualIO_Image');
  const failed = async (destination: string): Promise<void> =>
    assert.equal(await link(image, destination), 'COMPLETED_WITH_ERROR');
  await failed(await make('small', '0.500000'));
  await failed(await make('thick', '2.000000', 'VirtualIO_Disk', false));
  await failed(await make('other', '2.000000', 'VirtualIO_Image'));
  await failed(image);
  await failed('27ff');
  const disk = await make('disk', '2.000000');
  assert.equal(await link('29ff', disk), 'COMPLETED_WITH_ERROR');
  const { id: partition } = await createdPartition(api, 'client');
  const [vios] = objectsOf(await api.get('uom/VirtualIOServer'));
  const path = `uom/VirtualIOServer/${idOf(vios ?? assert.fail())}`;
  const storage = unitReference(disk, 'disk');
  assert.equal((await addMapping(api, path, mappingElement({ partition, storage }))).status, 200);
  await failed(disk);
});

test('the template of LULinkedClone is to be had from the type and from a cluster', async (t) => {
  const { api } = await pool(t);
  const cluster = idOf(objectOf(await api.get('uom/Cluster')));
  for (const path of ['uom/Cluster/do/LULinkedClone', `uom/Cluster/${cluster}/do/LULinkedClone`])
    assert.match(
      (await api.get(path)).text,
      /<OperationName [^>]*>LULinkedClone<.*<GroupName [^>]*>Cluster</s,
    );
  assert.equal(
    (await api.get('uom/Cluster/00000000-0000-3000-8000-000000000000/do/LULinkedClone')).status,
    404,
  );
});
