import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { writeDocument } from '@openstack-powervm/atom';
import {
  Cluster,
  create,
  elementOf,
  LogicalUnit,
  SharedStoragePool,
  Tier,
  VirtualIOServer,
} from '@openstack-powervm/rest';
import { twoHostSite } from '../site/two-host-site.js';
import { openClient, viosNamed } from '../testing/client.js';
import { failure } from '../testing/migration-steps.js';

/** A site without cluster whose VIOSes see three free LUNs. */
async function open(t: TestContext) {
  const luns = [1, 2, 3].map((id) => ({ id, sizeGb: 10 * id }));
  const storageArrays = [{ name: 'array1', ports: [{ fabric: 'A' }], luns }];
  const { session } = await openClient(t, { site: twoHostSite({ clusters: [], storageArrays }) });
  const vios = await viosNamed(session, 'vios1');
  const { value } = await session.get(VirtualIOServer, vios.id, { groups: ['ViosStorage'] });
  const names = value.physicalVolumes
    .filter((volume) => volume.isFibreChannelBacked === true)
    .map(({ volumeName }) => volumeName ?? '');
  const make = (name: string, [repository = '', ...data]: readonly string[], node = vios.id) => {
    const cluster = create(Cluster, {
      clusterName: name,
      repositoryDisk: [{ volumeName: repository }],
      node: [{ virtualIOServer: `${session.endpoint}/rest/api/uom/VirtualIOServer/${node}` }],
    });
    const physicalVolumes = data.map((volumeName) => ({ volumeName }));
    const pool = create(SharedStoragePool, { storagePoolName: `${name}-pool`, physicalVolumes });
    const parameters = {
      clusterXml: writeDocument(elementOf(cluster)),
      sspXml: writeDocument(elementOf(pool)),
    };
    return session.runJob({ type: Cluster, operation: 'Create', parameters });
  };
  return { session, vios, names, make };
}

test('Cluster Create makes cluster, pool and tier, whose units can be used', async (t) => {
  const { session, vios, names, make } = await open(t);
  assert.equal(names.length, 3);
  await make('fresh', names);
  const [cluster] = await session.list(Cluster);
  assert.equal(cluster?.value.clusterName, 'fresh');
  assert.equal(cluster.value.repositoryDisk.at(0)?.volumeName, names[0]);
  const [pool] = await session.list(SharedStoragePool);
  assert.deepEqual([pool?.value.storagePoolName, pool?.value.physicalVolumes.length], ['fresh-pool', 2]);
  const [tier] = await session.list(Tier);
  assert.equal(tier?.value.isDefault, true);
  const parent = { type: Tier, id: tier.id };
  const unit = await session.create(LogicalUnit, { unitName: 'first', unitCapacity: 1 }, { parent });
  assert.match(unit.value.uniqueDeviceID ?? '', /^27/);
  const { value } = await session.get(VirtualIOServer, vios.id, { groups: ['ViosStorage'] });
  for (const name of names)
    assert.equal(value.physicalVolumes.find((each) => each.volumeName === name)?.availableForUsage, false);
});

test('Cluster Create refuses disks in use, unknown nodes and a second cluster of a VIOS', async (t) => {
  const { vios, names, make } = await open(t);
  const [first = '', second = ''] = names;
  assert.match(await failure(make('bad', ['hdisk99', second])), /no physical volume hdisk99/);
  assert.match(await failure(make('bad', ['hdisk0', second])), /in use by volume group/);
  assert.match(await failure(make('bad', [first, first])), /named twice/);
  assert.match(await failure(make('bad', [first])), /needs a physical volume/);
  assert.match(await failure(make('bad', names, vios.id.replace(/^./, '8'))), /no VIOS of this console/);
  await make('good', [first, second]);
  assert.match(await failure(make('more', names)), /node of cluster good already/);
});
