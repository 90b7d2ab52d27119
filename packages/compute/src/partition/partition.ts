import { type Entity, LogicalPartition, PowerVMError, type Session } from '@openstack-powervm/rest';
import { DriverError } from '../errors/index.js';
import type { CallOptions } from '../flow/index.js';
import { partitionUuidOf } from './naming.js';

export type PartitionEntity = Entity<typeof LogicalPartition>;

/** A partition at one moment, in plain form. */
export interface Partition {
  /** UUID, upper case. */
  readonly uuid: string;
  /** Short id; the platform gives it to another partition later (ID-7). */
  readonly id: number;
  readonly name: string;
  readonly state: string;
  readonly type: string;
  readonly rmcState: string;
  readonly isManagement: boolean;
  /** I/O may be changed while it runs (DLPAR-1). */
  readonly dynamicIo: boolean;
}

export function partitionOf({ id, value }: PartitionEntity): Partition {
  return {
    uuid: id.toUpperCase(),
    id: value.partitionID ?? 0,
    name: value.partitionName ?? '',
    state: (value.partitionState ?? '').toLowerCase(),
    type: value.partitionType ?? '',
    rmcState: (value.resourceMonitoringControlState ?? '').toLowerCase(),
    isManagement: value.isManagementPartition ?? false,
    dynamicIo: value.partitionCapabilities?.dynamicLogicalPartitionIOCapable ?? false,
  };
}

/** The partition of an instance as it is now. Missing is `PVM_INSTANCE_NOT_FOUND`. */
export async function readPartition(
  session: Session,
  instanceUuid: string,
  call: CallOptions,
): Promise<PartitionEntity> {
  try {
    return await session.get(LogicalPartition, partitionUuidOf(instanceUuid), call);
  } catch (thrown) {
    throw PowerVMError.is(thrown, 'PVM_NOT_FOUND') ? instanceNotFound(instanceUuid) : thrown;
  }
}

/** The same, with undefined for a partition that does not exist. */
export async function findPartition(
  session: Session,
  instanceUuid: string,
  call: CallOptions,
): Promise<PartitionEntity | undefined> {
  try {
    return await readPartition(session, instanceUuid, call);
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw thrown;
  }
}

export function instanceNotFound(instanceUuid: string): DriverError {
  return new DriverError('PVM_INSTANCE_NOT_FOUND', `Instance ${instanceUuid} has no partition on this host`, {
    instanceUuid,
  });
}

/** True when what was thrown says that the partition, or an object below it, does not exist. */
export function isMissing(thrown: unknown): boolean {
  if (thrown instanceof DriverError) return thrown.code === 'PVM_INSTANCE_NOT_FOUND';
  return PowerVMError.is(thrown, 'PVM_NOT_FOUND');
}
