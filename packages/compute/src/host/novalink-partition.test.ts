import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findNovaLink } from './novalink-partition.js';

const vios = { id: 'A', partitionId: 1, isManagement: true };
const plainVios = { id: 'B', partitionId: 2, isManagement: false };
const partition = { uuid: 'C', id: 3 };

const found = async (vioses: (typeof vios)[], partitions: (typeof partition)[], own: number | undefined) =>
  (
    await findNovaLink(
      {
        vioses: { all: async () => vioses },
        partitions: { managing: async () => partitions },
        devices: { partitionId: async () => own },
      },
      {},
    )
  )?.uuid;

test('L-51 of several partitions that manage the system the one counts that the driver runs on', async () => {
  assert.equal(await found([vios, plainVios], [partition], 3), 'C');
  assert.equal(await found([vios, plainVios], [partition], 1), 'A');
});

test('OVS-9 NovaLink is a partition or a VIOS, whatever this machine says of itself', async () => {
  assert.equal(await found([plainVios], [partition], 7), 'C');
  assert.equal(await found([vios], [], undefined), 'A');
  assert.equal(await found([plainVios], [], 2), undefined);
});

test('L-51 a machine that is no partition takes the first one', async () => {
  assert.equal(await found([vios], [partition], undefined), 'A');
});
