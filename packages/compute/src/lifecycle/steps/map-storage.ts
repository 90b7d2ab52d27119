import { asDriverError } from '../../errors/index.js';
import type { Operation, Step } from '../../flow/index.js';
import type { Host } from '../../host/host.js';
import type { Partition } from '../../partition/partition.js';
import { type Attachment, mapToNewPartition, unmapStorage, type ViosEntity } from '../../storage/attach.js';
import { clientOf } from '../../storage/mapping.js';

/** All mappings of a new partition in one update per VIOS (SPAWN-10, TX-2). */
export function mapDisks(
  host: Host,
  operation: Operation,
  partition: Partition,
  attachments: readonly Attachment[],
): Step<readonly ViosEntity[]> {
  const client = clientOf(host.session, partition);
  return {
    async run(call) {
      try {
        const scope = { session: host.session, viosIds: await activeViosIds(host, call), log: operation.log };
        return await mapToNewPartition(scope, client, attachments, call);
      } catch (thrown) {
        throw asDriverError(thrown, 'PVM_REST_FAILED', `The disks of ${partition.name} could not be mapped`);
      }
    },
    async undo(_vioses, call) {
      const scope = { session: host.session, viosIds: await activeViosIds(host, call) };
      await unmapStorage(scope, client, () => true, call);
    },
  };
}

/** Ids of the VIOSes that can be worked with. */
export async function activeViosIds(host: Host, call: { signal: AbortSignal }): Promise<readonly string[]> {
  return (await host.vioses.active(call)).map(({ id }) => id);
}
