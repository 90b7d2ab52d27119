import { create, LogicalPartition, TaggedIO } from '@openstack-powervm/rest';
import { DriverError } from '../../errors/index.js';
import type { Step } from '../../flow/index.js';
import type { Host } from '../../host/host.js';
import type { Partition } from '../../partition/partition.js';
import type { ViosEntity } from '../../storage/attach.js';
import { clientOf, isMappingOf } from '../../storage/mapping.js';

/** IBM i finds its load source by slot: the lowest is the load source, the next one the alternate (IBMI-2). */
export function setBootSlots(host: Host, partition: Partition, vioses: readonly ViosEntity[]): Step<void> {
  return {
    async run(call) {
      const [loadSource, alternate] = bootSlots(host, partition, vioses);
      if (loadSource === undefined) throw noBootSlot(partition);
      await host.session.commit(
        LogicalPartition,
        partition.uuid,
        ['None'],
        (value) => {
          const io = value.partitionIOConfiguration;
          if (!io) throw noBootSlot(partition);
          io.taggedIO = create(TaggedIO, {
            alternateLoadSource: String(alternate ?? loadSource),
            console: 'HMC',
            loadSource: String(loadSource),
          });
          value.designatedIPLSource = 'b';
          value.keylockPosition = 'normal';
        },
        call,
      );
    },
  };
}

function bootSlots(host: Host, partition: Partition, vioses: readonly ViosEntity[]): number[] {
  const client = clientOf(host.session, partition);
  const slots = vioses.flatMap(({ value }) =>
    value.virtualSCSIMappings
      .filter((mapping) => isMappingOf(mapping, client))
      .flatMap(({ clientAdapter }) => clientAdapter?.virtualSlotNumber ?? []),
  );
  return [...new Set(slots)].sort((a, b) => a - b);
}

function noBootSlot({ name }: Partition): DriverError {
  return new DriverError(
    'PVM_NO_BOOT_SLOT',
    `IBM i partition ${name} has no disk mapped, so it has no slot to boot from`,
    { partition: name },
  );
}
