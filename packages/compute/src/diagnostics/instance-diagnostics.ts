import type { OfInstance } from '../contract/index.js';
import { sentenceOf } from '../errors/index.js';
import type { Operation } from '../flow/index.js';
import type { Host } from '../host/host.js';
import { type AdapterEntity, listAdapters } from '../network/adapters.js';
import { listVnics, type VnicEntity } from '../network/vnic/virtual-nics.js';
import { type PartitionEntity, readPartition } from '../partition/partition.js';
import { PowerState, powerStateOf } from '../partition/states.js';
import { type Measured, measuredOf } from './measured.js';
import { ethernetUse, type NicUse, vnicUse } from './network-use.js';
import { type ProcessorUse, processorUse } from './processor-use.js';
import { type DiskUse, storageUse, unmeasuredStorage } from './storage-use.js';

/**
 * Nova's standard diagnostics (A21): the configuration from the partition, counters from the long-term monitor. What
 * the monitor does not say is null: it is off, the partition is younger than its newest sample, or a part of the
 * metrics is not collected (TEL-6).
 */
export interface Diagnostics extends Measurements {
  readonly state: 'pending' | 'running' | 'paused' | 'shutdown' | 'crashed' | 'suspended';
  readonly hypervisorOs: string | null;
  /** seconds */
  readonly uptime: number | null;
  readonly vcpus: number;
  /** MB */
  readonly memoryMb: number;
}

interface Measurements {
  /** MB, what the operating system does not call available; needs RMC */
  readonly memoryUsedMb: number | null;
  readonly processors: ProcessorUse | null;
  readonly nics: readonly NicUse[];
  readonly disks: readonly DiskUse[];
}

interface Parts {
  readonly uuid: string;
  readonly memoryMb: number;
  readonly adapters: readonly AdapterEntity[];
  readonly vnics: readonly VnicEntity[];
  readonly storageAdapters: number;
}

const stateNames: Readonly<Record<PowerState, Diagnostics['state']>> = {
  [PowerState.NOSTATE]: 'pending',
  [PowerState.RUNNING]: 'running',
  [PowerState.PAUSED]: 'paused',
  [PowerState.SHUTDOWN]: 'shutdown',
  [PowerState.CRASHED]: 'crashed',
  [PowerState.SUSPENDED]: 'suspended',
};

export async function instanceDiagnostics(
  host: Host,
  operation: Operation,
  { instance }: OfInstance,
): Promise<Diagnostics> {
  const { signal } = operation;
  const { id, value } = await readPartition(host.session, instance.uuid, { signal });
  const partition = { uuid: id.toUpperCase() };
  const [adapters, vnics] = await Promise.all([
    listAdapters(host.session, partition, { signal }),
    listVnics(host, partition, { signal }),
  ]);
  const memoryMb = value.partitionMemoryConfiguration?.currentMemory ?? 0;
  const storageAdapters =
    value.virtualSCSIClientAdapters.length + value.virtualFibreChannelClientAdapters.length;
  const parts = { ...partition, memoryMb, adapters, vnics, storageAdapters };
  return {
    state: stateNames[powerStateOf(value.partitionState)],
    hypervisorOs: value.operatingSystemVersion ?? null,
    uptime: value.uptime ?? null,
    vcpus: processorsOf(value),
    memoryMb,
    ...(await measure(host, operation, parts)),
  };
}

/** Metrics are an extra: when they cannot be read, the rest is answered without them. */
async function measure(host: Host, operation: Operation, parts: Parts): Promise<Measurements> {
  const { signal, log } = operation;
  try {
    const samples = await host.monitor.samples({ signal });
    const measured = samples && measuredOf(samples, parts.uuid);
    return await measurements(host, { signal }, parts, measured);
  } catch (thrown) {
    signal.throwIfAborted();
    log.warn(`Metrics could not be read, diagnostics are without counters: ${sentenceOf(thrown)}`);
    return measurements(host, { signal }, parts, undefined);
  }
}

async function measurements(
  { session, monitor }: Host,
  call: { signal: AbortSignal },
  { uuid, memoryMb, adapters, vnics, storageAdapters }: Parts,
  measured: Measured | undefined,
): Promise<Measurements> {
  const available = measured && (await monitor.partition(uuid, call))?.memory?.pctRealMemAvbl;
  return {
    memoryUsedMb: available === undefined ? null : Math.round((memoryMb * (100 - available)) / 100),
    processors: measured ? processorUse(measured) : null,
    nics: [...ethernetUse(adapters, measured), ...(await vnicUse(session, vnics, measured, call))],
    disks: measured
      ? await storageUse(monitor, measured, storageAdapters, call)
      : unmeasuredStorage(storageAdapters),
  };
}

function processorsOf({ partitionProcessorConfiguration: processors }: PartitionEntity['value']): number {
  return (
    processors?.sharedProcessorConfiguration?.desiredVirtualProcessors ??
    processors?.dedicatedProcessorConfiguration?.desiredProcessors ??
    0
  );
}
