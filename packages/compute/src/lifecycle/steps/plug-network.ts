import type { Vif } from '../../contract/index.js';
import { asDriverError } from '../../errors/index.js';
import type { Operation, Step } from '../../flow/index.js';
import type { Host } from '../../host/host.js';
import { plugManagementInterface } from '../../network/management.js';
import { plugNewVifs, unplugVifs } from '../../network/plug.js';
import { isMissing, type Partition } from '../../partition/partition.js';

/** Plugs early, so that the agents work while storage is prepared (SPAWN-5). */
export function plugNetwork(
  host: Host,
  operation: Operation,
  partition: Partition,
  vifs: readonly Vif[],
): Step<void> {
  return {
    async run(call) {
      try {
        await plugNewVifs(host, partition, vifs, { ...call, instanceUuid: operation.instanceUuid });
      } catch (thrown) {
        throw asDriverError(
          thrown,
          'PVM_VIF_PLUG_FAILED',
          `The network of ${partition.name} could not be plugged`,
        );
      }
    },
    /** The adapters would go with the partition, but the agents must hear of it (VIF-7, VIF-11). */
    async undo(_result, call) {
      try {
        await unplugVifs(host, partition, vifs, { ...call, log: operation.log });
      } catch (thrown) {
        if (!isMissing(thrown)) throw thrown;
      }
    },
  };
}

/** The management interface goes with the partition, so there is nothing to undo (SPAWN-6). */
export function plugManagement(
  host: Host,
  operation: Operation,
  partition: Partition,
  mac: string,
): Step<void> {
  return {
    async run(call) {
      try {
        await plugManagementInterface(host, partition, mac, { ...call, log: operation.log });
      } catch (thrown) {
        const what = `The management interface of ${partition.name} could not be plugged`;
        throw asDriverError(thrown, 'PVM_VIF_PLUG_FAILED', what);
      }
    },
  };
}
