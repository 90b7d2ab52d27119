import { userInfo } from 'node:os';
import { PowerVMError } from '../errors/error.js';
import type { Interceptor } from '../transport/message.js';

/** Adds the text that the console writes to its audit log with every request (protocol reference 1.6). */
export function auditMemento(memento: string): Interceptor {
  return (next) => (request) =>
    next({ ...request, headers: { ...request.headers, 'X-Audit-Memento': memento } });
}

/** The memento to use: the given one, else the name of the operating system's user, else `default`. */
export function mementoOf(given: string | undefined): string {
  if (given === undefined) return toHeader(userName());
  if (toHeader(given) !== given || given === '')
    throw new PowerVMError(
      'PVM_INVALID_ARGUMENT',
      'auditMemento must be printable ASCII text without line breaks',
    );
  return given;
}

function userName(): string {
  try {
    return userInfo().username || 'default';
  } catch {
    return 'default'; // a container may run under a number that has no name
  }
}

function toHeader(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '_');
}
