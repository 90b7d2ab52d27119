/** Codes of the errors that the command line itself finds. */
export type CommandFailureCode = 'PVM_OBJECT_UNKNOWN' | 'PVM_OBJECT_AMBIGUOUS' | 'PVM_PASSWORD_UNREADABLE';

/** An error of the command line itself: what is wrong, a stable code, what to try, and the exit status. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';

  constructor(
    readonly code: CommandFailureCode,
    message: string,
    readonly hint: string,
    readonly status: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * What an operator reads of an error: its sentence, its stable code and what to try, without a stack. The stack is
 * added when POWERVM_TRACE is set, for whoever reports a bug.
 */
export function failureText(error: unknown, trace = process.env['POWERVM_TRACE'] !== undefined): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? ` [${error.code}]` : '';
  const named =
    code === '' || error.message.includes(code.trim()) ? error.message : `${error.message}${code}`;
  const hinted = `${named}${hintOf(error)}`;
  return trace && error.stack !== undefined ? `${hinted}\n${error.stack}` : hinted;
}

/** Errors of the REST client have their hint in the sentence already. */
function hintOf(error: Error): string {
  if (!('hint' in error) || typeof error.hint !== 'string') return '';
  return error.message.includes(error.hint) ? '' : `\n  try: ${error.hint}`;
}
