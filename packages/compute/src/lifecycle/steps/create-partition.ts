import { LogicalPartition, PowerVMError } from '@openstack-powervm/rest';
import { asDriverError } from '../../errors/index.js';
import type { CallOptions, Step } from '../../flow/index.js';
import type { Host } from '../../host/host.js';
import { partitionDocument } from '../../partition/document.js';
import { findPartition, isMissing, type Partition, partitionOf } from '../../partition/partition.js';
import type { PartitionPlan } from '../../partition/plan.js';
import { isStartable } from '../../partition/states.js';

/**
 * Creates the planned partition. It is undone also for a normal spawn: Nova's destroy then finds nothing, which is
 * success, and nothing stays behind even if Nova is gone too (SPAWN-4, L-24).
 */
export function createPartition(host: Host, plan: PartitionPlan): Step<Partition> {
  let mayExist = false;
  return {
    async run(call) {
      try {
        mayExist = true;
        const entity = await host.session.create(LogicalPartition, partitionDocument(plan), call);
        return partitionOf(entity);
      } catch (thrown) {
        mayExist = !wasRefused(thrown);
        throw asDriverError(thrown, 'PVM_REST_FAILED', `Partition ${plan.name} could not be created`);
      } finally {
        host.partitions.touch(plan.uuid);
      }
    },
    async undo(_partition, call) {
      const resetAutoAssign = plan.optional.virtualSerialNumber === 'auto';
      if (mayExist) await deleteNewPartition(host, plan.uuid, { ...call, resetAutoAssign });
    },
  };
}

/** A plain refusal made nothing; after a lost connection the partition may exist. */
function wasRefused(thrown: unknown): boolean {
  return PowerVMError.is(thrown, 'PVM_REQUEST_REFUSED', 'PVM_FORBIDDEN', 'PVM_INVALID_ARGUMENT');
}

/** Only one that was never started: anything else is not what this step made. */
async function deleteNewPartition(host: Host, uuid: string, call: RemovalOptions): Promise<void> {
  const entity = await findPartition(host.session, uuid, call);
  if (entity && isStartable(entity.value.partitionState)) await deletePartition(host, uuid, call);
}

interface RemovalOptions extends CallOptions {
  /** Its virtual serial number was assigned by itself, and may be so again (F10). */
  readonly resetAutoAssign: boolean;
}

/** Deletes a partition; one that is gone is no error (DESTROY-5). An open terminal is closed first (L-21). */
export async function deletePartition(host: Host, uuid: string, call: RemovalOptions): Promise<void> {
  const target = { type: LogicalPartition, id: uuid };
  try {
    await host.session.delete(target, call);
  } catch (thrown) {
    if (isMissing(thrown)) return;
    if (!PowerVMError.is(thrown, 'PVM_REQUEST_REFUSED')) throw thrown;
    await closeTerminal(host, uuid, call);
    await host.session.delete(target, call);
  } finally {
    host.partitions.touch(uuid);
  }
}

async function closeTerminal(host: Host, uuid: string, call: CallOptions): Promise<void> {
  await host.session.runJob({
    type: LogicalPartition,
    id: uuid,
    operation: 'CloseVterm',
    signal: call.signal,
  });
}
