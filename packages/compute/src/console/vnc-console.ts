import type { OfInstance } from '../contract/index.js';
import { asDriverError, DriverError } from '../errors/index.js';
import type { Operation } from '../flow/index.js';
import type { Host } from '../host/host.js';
import { partitionOf, readPartition } from '../partition/partition.js';
import type { ConsoleAccess } from './consoles.js';

/** Opens the text console of an instance for Nova's console proxy (CON-1, CON-5). */
export async function vncConsole(
  host: Host,
  operation: Operation,
  { instance }: OfInstance,
): Promise<ConsoleAccess> {
  const call = { signal: operation.signal };
  if (host.session.console !== 'NovaLink')
    throw new DriverError(
      'PVM_CONSOLE_UNAVAILABLE',
      `Instance ${instance.uuid} is on a system that an HMC manages; only NovaLink opens terminals for VNC. ` +
        "Use the HMC's own terminal",
      { instanceUuid: instance.uuid },
    );
  try {
    return await host.consoles.open(
      partitionOf(await readPartition(host.session, instance.uuid, call)),
      call,
    );
  } catch (thrown) {
    throw asDriverError(thrown, 'PVM_CONSOLE_UNAVAILABLE', `The console of instance ${instance.uuid} failed`);
  }
}
