import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create, VirtualIOServer } from '@openstack-powervm/rest';
import { twoHostSite } from '../site/two-host-site.js';
import { createPartition, openClient, refused, viosNamed } from '../testing/client.js';
import { eventually } from '../testing/steps.js';

test('a VIOS is created like a partition, started, and deleted when it is off', async (t) => {
  const { session, simulator } = await openClient(t, { site: twoHostSite() });
  const model = (await createPartition(session, 'model')).value;
  const make = (name: string, partitionType: string) =>
    session.create(
      VirtualIOServer,
      create(VirtualIOServer, {
        allowPerformanceDataCollection: true,
        availabilityPriority: 191,
        partitionIOConfiguration: { maximumVirtualIOSlots: 200 },
        partitionMemoryConfiguration: { desiredMemory: 4096, maximumMemory: 4096, minimumMemory: 4096 },
        partitionName: name,
        partitionProcessorConfiguration: {
          hasDedicatedProcessors: true,
          dedicatedProcessorConfiguration: {
            desiredProcessors: 1,
            maximumProcessors: 1,
            minimumProcessors: 1,
          },
          sharingMode: 'sre idle proces',
        },
        partitionType,
        pendingProcessorCompatibilityMode: model.pendingProcessorCompatibilityMode ?? '',
      }),
    );
  assert.match(await refused(make('vios3', 'AIX/Linux'), 400), /not Virtual IO Server/);
  const vios = await make('vios3', 'Virtual IO Server');
  assert.deepEqual(
    [vios.value.partitionState, vios.value.partitionType],
    ['not activated', 'Virtual IO Server'],
  );
  assert.equal((await session.list(VirtualIOServer)).length, 3);
  await session.runJob({ type: VirtualIOServer, id: vios.id, operation: 'PowerOn' });
  await eventually(() => {
    const found = simulator.inspect().systems[0]?.vioses.find(({ name }) => name === 'vios3');
    return found?.rmc === 'active' ? found : undefined;
  });
  assert.match(await refused(session.delete({ type: VirtualIOServer, id: vios.id }), 409), /must be off/);
  const parameters = { operation: 'shutdown', immediate: 'true' };
  await session.runJob({ type: VirtualIOServer, id: vios.id, operation: 'PowerOff', parameters });
  await session.delete({ type: VirtualIOServer, id: vios.id });
  assert.equal((await session.list(VirtualIOServer)).length, 2);
});

test('a VIOS that others depend on cannot be deleted', async (t) => {
  const { session } = await openClient(t, { site: twoHostSite() });
  const { id } = await viosNamed(session, 'vios1');
  const parameters = { operation: 'shutdown', immediate: 'true' };
  await session.runJob({ type: VirtualIOServer, id, operation: 'PowerOff', parameters });
  assert.match(await refused(session.delete({ type: VirtualIOServer, id }), 409), /node of cluster/);
});
