import { PowerVMError } from '@openstack-powervm/rest';
import { CommanderError } from 'commander';
import { CommandFailure } from './failure.js';

/** What the status of the process tells a script; every command's help ends in this table. */
export const exitStatus = {
  done: 0,
  failed: 1,
  usage: 2,
  unknownObject: 3,
  noSession: 4,
} as const;

/** The meaning of each status, in the order of the table. */
export const exitMeanings: readonly (readonly [number, string])[] = [
  [exitStatus.done, 'everything that was asked for has been done'],
  [exitStatus.failed, 'the REST server refused or failed a request'],
  [exitStatus.usage, 'the command line is wrong; nothing was asked'],
  [exitStatus.unknownObject, 'there is no such object, or the name fits several'],
  [exitStatus.noSession, 'no session: address, credentials or certificate'],
];

/** The same for what runs until it is stopped. */
export const daemonMeanings: readonly (readonly [number, string])[] = [
  [exitStatus.done, 'it was stopped by SIGTERM or SIGINT'],
  [exitStatus.failed, 'it could not start, or could not go on; the last line says why'],
  [exitStatus.usage, 'the command line is wrong; nothing was started'],
];

/** The status with which the process ends after an error. */
export function exitStatusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitStatus.done : exitStatus.usage;
  if (error instanceof CommandFailure) return error.status;
  if (PowerVMError.is(error, 'PVM_NOT_FOUND')) return exitStatus.unknownObject;
  if (PowerVMError.is(error) && error.grade === 'session') return exitStatus.noSession;
  return exitStatus.failed;
}
