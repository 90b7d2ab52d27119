import { PowerVMError } from '../errors/error.js';

/** Message codes of a power-on that found the partition running already (protocol reference 1.13). */
const alreadyOnCodes = ['HSCL3681', 'PVME01042026'];

/** Message codes of a power-off that found the partition off already (protocol reference 1.13). */
const alreadyOffCodes = ['HSCL1558', 'PVME04000005', 'PVME01050901'];

/** Whether a PowerOn job failed only because the partition is running already. The caller decides if that is success. */
export function isAlreadyOn(error: unknown): boolean {
  return mentions(error, alreadyOnCodes);
}

/** Whether a PowerOff job failed only because the partition is off already; no success where a restart was asked for. */
export function isAlreadyOff(error: unknown): boolean {
  return mentions(error, alreadyOffCodes);
}

function mentions(error: unknown, codes: readonly string[]): boolean {
  if (!PowerVMError.is(error, 'PVM_JOB_FAILED', 'PVM_REQUEST_REFUSED')) return false;
  return codes.some((code) => error.consoleMessage?.includes(code));
}
