import { LogicalPartition } from '@openstack-powervm/rest';
import type { OfInstance } from '../contract/index.js';
import { asDriverError, DriverError } from '../errors/index.js';
import type { Operation } from '../flow/index.js';
import type { Host } from '../host/host.js';
import { exclusively } from './power.js';

/** Makes a running guest dump its memory and restart (A22; protocol reference 4.3, 4.4). */
export async function triggerCrashDump(
  host: Host,
  operation: Operation,
  { instance }: OfInstance,
): Promise<void> {
  await exclusively(host, operation, instance, async ({ uuid, name, state, type }) => {
    if (state !== 'running')
      throw new DriverError(
        'PVM_NOT_RUNNING',
        `Partition ${name} is ${state}; only a running guest can dump its memory`,
        { instanceUuid: instance.uuid, state },
      );
    try {
      await host.session.runJob({
        type: LogicalPartition,
        id: uuid,
        // The operator panel of IBM i knows the function under the same name.
        operation: type === 'OS400' ? 'PanelFunction' : 'PowerOff',
        parameters: { operation: 'dumprestart' },
        signal: operation.signal,
      });
    } catch (thrown) {
      throw asDriverError(thrown, 'PVM_REST_FAILED', `Partition ${name} could not be made to dump`);
    }
  });
}
