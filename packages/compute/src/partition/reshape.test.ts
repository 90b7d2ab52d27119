import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleFlavor, exampleInstance, exampleOptions } from '../testing/nova.js';
import { exampleSystem } from '../testing/system.js';
import { partitionDocument } from './document.js';
import { planPartition } from './plan.js';
import { keptAttributes, reshape } from './reshape.js';

const planOf = (memoryMb: number) =>
  planPartition({
    instance: exampleInstance({
      flavor: exampleFlavor({ memoryMb }),
      systemMetadata: { image_os_distro: 'ibmi' },
    }),
    image: null,
    host: exampleSystem(),
    options: exampleOptions(),
  });

test('IBMI-4 ID-2 a resize leaves load source, alternate, slots and the UUID of a partition alone', () => {
  const document = partitionDocument(planOf(2048));
  const io = document.partitionIOConfiguration ?? assert.fail();
  const tagged = io.taggedIO ?? assert.fail();
  tagged.loadSource = '3';
  tagged.alternateLoadSource = '4';
  io.maximumVirtualIOSlots = 200;
  const { partitionUUID: uuid } = document;
  assert.equal(keptAttributes(document).maximumSlots, 200);

  reshape(document, planOf(4096));
  assert.equal(document.partitionMemoryConfiguration?.desiredMemory, 4096);
  assert.deepEqual([tagged.loadSource, tagged.alternateLoadSource, tagged.console], ['3', '4', 'HMC']);
  assert.equal(io.maximumVirtualIOSlots, 200);
  assert.equal(document.partitionUUID, uuid);
});
