import { BRIDGE_ERRORS, BridgeError } from '../contract/errors.js';
import type { Method } from '../contract/method.js';
import { redact } from './redact.js';

/** Whatever a handler threw, as the error the plug-in gets. */
export function failure(error: unknown, method: Method, secrets: readonly string[]): BridgeError {
  const seen = describe(error);
  const details = JSON.parse(redact(JSON.stringify(seen.details), secrets)) as Record<string, unknown>;
  return new BridgeError(
    seen.code,
    redact(seen.message, secrets),
    isSpecific(seen.novaException) ? seen.novaException : method.novaException,
    details,
    { cause: error },
  );
}

/** The base class says nothing that the method's own exception would not say better. */
function isSpecific(novaException: string | null): novaException is string {
  return novaException !== null && novaException !== 'NovaException';
}

interface Seen {
  readonly code: string;
  readonly message: string;
  readonly novaException: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Errors of the driver and of the REST client are recognised by shape: a stable code and, perhaps, an exception. */
function describe(error: unknown): Seen {
  if (!(error instanceof Error))
    return { code: 'PVM_INTERNAL', message: String(error), novaException: null, details: {} };
  const code = text(error, 'code');
  if (code?.startsWith('PVM_') !== true)
    return { code: 'PVM_INTERNAL', message: error.message, novaException: null, details: {} };
  return {
    code,
    message: error.message,
    novaException: text(error, 'novaException') ?? bridgeException(code),
    details: record(error, 'details'),
  };
}

function bridgeException(code: string): string | null {
  const known: Readonly<Record<string, string | null>> = BRIDGE_ERRORS;
  return known[code] ?? null;
}

function text(error: Error, name: string): string | undefined {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : undefined;
}

function record(error: Error, name: string): Readonly<Record<string, unknown>> {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
