import type { Partition } from './partition.js';

/**
 * Why adapters and volumes of a partition cannot be changed now; undefined when they can (DLPAR-1). A partition
 * that is off can always be changed; a running one needs RMC (busy does not count) and the capability.
 */
export function whyNoIoChange(partition: Partition): string | undefined {
  const { name, state, rmcState, isManagement, dynamicIo } = partition;
  if (state === 'not activated') return undefined;
  if (rmcState !== 'active' && !isManagement)
    return `partition ${name} is ${state} and its RMC connection is ${rmcState || 'unknown'}, not active; stop the server or repair RMC in the guest`;
  if (!dynamicIo)
    return `partition ${name} is ${state} and its operating system does not allow I/O to be changed; stop the server first`;
  return undefined;
}
