import type { OfInstance } from '../contract/index.js';
import type { Operation } from '../flow/index.js';
import type { Host } from '../host/host.js';
import { listAdapters } from '../network/adapters.js';
import { neutronMac } from '../network/mac.js';
import { listVnics } from '../network/vnic/virtual-nics.js';
import { type PartitionEntity, readPartition } from '../partition/partition.js';
import { PowerState, powerStateOf } from '../partition/states.js';

/** Fields of Nova's standard diagnostics that the platform knows (A21). */
export interface Diagnostics {
  readonly state: 'pending' | 'running' | 'paused' | 'shutdown' | 'crashed' | 'suspended';
  readonly hypervisorOs: string | null;
  /** seconds */
  readonly uptime: number | null;
  readonly vcpus: number;
  /** MB */
  readonly memoryMb: number;
  readonly memoryUsedMb: number | null;
  /** Neutron form */
  readonly macAddresses: string[];
  readonly disks: number;
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
  { signal }: Operation,
  { instance }: OfInstance,
): Promise<Diagnostics> {
  const { value } = await readPartition(host.session, instance.uuid, { signal });
  const partition = { uuid: value.partitionUUID ?? '' };
  const [adapters, vnics] = await Promise.all([
    listAdapters(host.session, partition, { signal }),
    listVnics(host, partition, { signal }),
  ]);
  const macs = [
    ...adapters.map((adapter) => adapter.value.macAddress),
    ...vnics.map((vnic) => vnic.value.details?.macAddress),
  ];
  return {
    state: stateNames[powerStateOf(value.partitionState)],
    hypervisorOs: value.operatingSystemVersion ?? null,
    uptime: value.uptime ?? null,
    vcpus: processorsOf(value),
    memoryMb: value.partitionMemoryConfiguration?.currentMemory ?? 0,
    // What the guest uses of its memory only the guest knows.
    memoryUsedMb: null,
    macAddresses: macs.flatMap((mac) => (mac ? neutronMac(mac) : [])),
    disks: value.virtualSCSIClientAdapters.length,
  };
}

function processorsOf({ partitionProcessorConfiguration: processors }: PartitionEntity['value']): number {
  return (
    processors?.sharedProcessorConfiguration?.desiredVirtualProcessors ??
    processors?.dedicatedProcessorConfiguration?.desiredProcessors ??
    0
  );
}
