import type { ConsoleError } from './console-error.js';

/** Codes that mean a busy VIOS whatever the status (protocol reference 1.13). */
const busyCodes = ['HSCL3205', 'VIOS0014'];

/** Whether an error document says that a VIOS or the system is busy (protocol reference 1.13). */
export function saysBusy({ status, message = '' }: ConsoleError): boolean {
  if (busyCodes.some((code) => message.includes(code))) return true;
  if (status !== 500) return false;
  const viosBusy = message.includes('VIOS') && message.includes('is busy processing some other request');
  return viosBusy || message.includes('The system is currently too busy');
}
