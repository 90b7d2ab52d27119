import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  HypervisorPartitionMetrics,
  HypervisorStorageMetrics,
  ViosMetrics,
} from '@openstack-powervm/rest';
import { exampleCall } from '../testing/rig.js';
import type { Measured } from './measured.js';
import { storageUse } from './storage-use.js';

function measured(storage: HypervisorStorageMetrics): Measured {
  const processor = {
    ...{
      poolId: 0,
      mode: 'uncap',
      maxVirtualProcessors: 1,
      maxProcUnits: 1,
      weight: 1,
      entitledProcCycles: 0,
    },
    ...{ utilizedCappedProcCycles: 0, utilizedUnCappedProcCycles: 0, donatedProcCycles: 0 },
    ...{ timeSpentWaitingForDispatch: 0, totalInstructions: 0, totalInstructionsExecutionTime: 0 },
  };
  const current: HypervisorPartitionMetrics = {
    ...{ id: 2, uuid: 'U', name: 'vm', state: 'Running', affinityScore: 0, memory: {}, processor, storage },
  };
  const system = {
    ...{ timeStamp: '', status: 0, errorInfo: [], timeBasedCycles: 0, sharedProcessorPool: [], viosUtil: [] },
    systemFirmware: { utilizedProcCycles: 0, assignedMem: 0 },
    processor: { totalProcUnits: 1, configurableProcUnits: 1, availableProcUnits: 0, procCyclesPerSecond: 1 },
    memory: { totalMem: 0, availableMem: 0, configurableMem: 0 },
    lparsUtil: [current],
  };
  return {
    current,
    previous: undefined,
    seconds: undefined,
    cyclesPerSecond: 1,
    system,
    systemBefore: undefined,
  };
}

const traffic = { numOfReads: 1234, numOfWrites: 1235, readBytes: 184184, writeBytes: 138523 };
const port = {
  id: 'vfc1',
  wwpn: 'c05076079cff0e48',
  physicalLocation: 'P1-C3-T2000',
  runningSpeed: 8,
  ...traffic,
};
const vios: ViosMetrics = {
  id: '1',
  name: 'vios1',
  storage: {
    fiberChannelAdapters: [
      { ...port, id: 'fcs0', wwpn: '21000024ff649104', ...traffic, readBytes: 0 },
      { ...port, id: 'fcs1', wwpn: '21000024ff649105', ...traffic, readBytes: 0, ports: [port] },
    ],
    genericVirtualAdapters: [
      { id: 'vhost1', type: 'virtual', physicalLocation: 'U8247-V1-C11', ...traffic, readBytes: 11 },
      { id: 'vhost0', type: 'virtual', physicalLocation: 'U8247-V1-C1', ...traffic, readBytes: 1 },
    ],
  },
};
const monitor = { vios: async (id: number) => (id === 1 ? vios : undefined) };

const blank = { readBytes: null, readRequests: null, writeBytes: null, writeRequests: null };

test('A21 TEL-2 a virtual SCSI adapter is found by the slot of its server, a Fibre Channel one by either WWPN', async () => {
  const wwpns = ['c05076079cff0e49', 'c05076079cff0e48'].map((wwpn) => BigInt(`0x${wwpn}`).toString());
  const found = await storageUse(
    monitor,
    measured({
      genericVirtualAdapters: [{ physicalLocation: 'U8247-V2-C3', viosId: 1, viosAdapterSlotId: 1 }],
      virtualFiberChannelAdapters: [{ physicalLocation: 'U8247-V2-C4', viosId: 1, wwpnpair: wwpns }],
    }),
    2,
    exampleCall(),
  );
  const counters = { readRequests: 1234, writeBytes: 138523, writeRequests: 1235 };
  assert.deepEqual(found, [
    { readBytes: 1, ...counters },
    { readBytes: 184184, ...counters },
  ]);
});

test('A21 TEL-6 a VIOS that says nothing, or an adapter without figures, leaves the counters out', async () => {
  const adapters = [2, 1].map((viosId) => ({ physicalLocation: 'x', viosId, viosAdapterSlotId: 7 }));
  const found = await storageUse(monitor, measured({ genericVirtualAdapters: adapters }), 3, exampleCall());
  assert.deepEqual(found, [blank, blank, blank]);
});
