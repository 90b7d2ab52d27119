import { channel } from 'node:diagnostics_channel';

/** `{ error, where }` of everything that failed because of a mistake in the simulator itself. */
export const simulatorErrors = channel('powervm:simulator:error');

export function reportError(error: unknown, where: string): void {
  if (simulatorErrors.hasSubscribers) simulatorErrors.publish({ error, where });
}
