import { type DriverErrorCode, errorTable } from './table.js';

/** Facts about an error that a program may use: instance UUID, option, key, sizes. Never secrets. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

/**
 * What every method of the driver throws: a stable code, one sentence for a person, and the Nova
 * exception it becomes (ERR-1). The cause, if any, is the platform's or Node's own error.
 */
export class DriverError extends Error {
  override readonly name = 'DriverError';
  readonly code: DriverErrorCode;
  readonly details: ErrorDetails;

  constructor(code: DriverErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }

  /** Class name in `nova.exception`. */
  get novaException(): string {
    return errorTable[this.code].nova;
  }
}

/** The sentence of whatever was thrown. */
export function sentenceOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/**
 * Turns whatever was thrown into a driver error. One that is a driver error already stays as it is;
 * everything else becomes `code` with the platform's own text kept (L-121).
 */
export function asDriverError(
  thrown: unknown,
  code: DriverErrorCode,
  what: string,
  details: ErrorDetails = {},
): DriverError {
  if (thrown instanceof DriverError) return thrown;
  return new DriverError(code, `${what}: ${sentenceOf(thrown)}`, details, thrown);
}
