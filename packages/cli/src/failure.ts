/**
 * What an operator reads of an error: its sentence, its stable code and what to try, without a stack. The stack is
 * added when POWERVM_TRACE is set, for whoever reports a bug.
 */
export function failureText(error: unknown, trace = process.env['POWERVM_TRACE'] !== undefined): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? ` [${error.code}]` : '';
  const hint = 'hint' in error && typeof error.hint === 'string' ? `\n  try: ${error.hint}` : '';
  const named =
    code === '' || error.message.includes(code.trim()) ? error.message : `${error.message}${code}`;
  return trace && error.stack !== undefined ? `${named}${hint}\n${error.stack}` : `${named}${hint}`;
}
