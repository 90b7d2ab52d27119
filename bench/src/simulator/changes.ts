import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDocument } from '@openstack-powervm/atom';
import { create, elementOf, LogicalPartition } from '@openstack-powervm/rest';
import { type AddFigure, elapsed, median } from './figure.js';
import { type SimulatorProcess, withSimulator } from './simulator-process.js';
import { createObject, logOn } from './wire.js';

const changes = 50;

/** What one more partition costs on a system that is full of them, remembered or not, and a start from what is kept. */
export async function benchChanges(site: readonly string[], add: AddFigure): Promise<void> {
  await withSimulator(site, (simulator) => benchCreates(simulator, 'a partition created, median', add));
  const folder = await mkdtemp(join(tmpdir(), 'powervm-bench-state-'));
  try {
    const kept = ['--state', folder];
    await withSimulator([...site, ...kept], (simulator) =>
      benchCreates(simulator, 'the same with --state, median', add),
    );
    await withSimulator(kept, async ({ startMs, cpu }) =>
      add({ what: 'start from --state', value: startMs / 1000, unit: 's', aim: 5, cpu: cpu() }),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function benchCreates({ url, cpu }: SimulatorProcess, what: string, add: AddFigure): Promise<void> {
  const token = await logOn(url);
  const times: number[] = [];
  const before = cpu();
  for (let index = 0; index < changes; index += 1) {
    const body = partitionDocument(`bench-${index}`);
    times.push(await elapsed(() => createObject(url, token, 'LogicalPartition', body)));
  }
  add({ what, value: median(times), unit: 'ms', aim: 25, cpu: ((cpu() - before) * 1000) / changes });
}

function partitionDocument(partitionName: string): string {
  const partition = create(LogicalPartition, {
    allowPerformanceDataCollection: true,
    availabilityPriority: 127,
    partitionIOConfiguration: { maximumVirtualIOSlots: 64 },
    partitionMemoryConfiguration: { desiredMemory: 256, maximumMemory: 256, minimumMemory: 256 },
    partitionName,
    partitionProcessorConfiguration: {
      hasDedicatedProcessors: false,
      sharedProcessorConfiguration: {
        desiredProcessingUnits: 0.1,
        desiredVirtualProcessors: 1,
        maximumProcessingUnits: 1,
        maximumVirtualProcessors: 1,
        minimumProcessingUnits: 0.1,
        minimumVirtualProcessors: 1,
        sharedProcessorPoolID: 0,
        uncappedWeight: 64,
      },
      sharingMode: 'uncapped',
    },
    partitionType: 'AIX/Linux',
    pendingProcessorCompatibilityMode: 'default',
  });
  return writeDocument(elementOf(partition));
}
