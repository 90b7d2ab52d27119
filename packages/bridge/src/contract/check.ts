import type { z } from 'zod';
import { BridgeError, type BridgeErrorCode } from './errors.js';

/**
 * Checks a value that crossed the bridge. The error names every field that is wrong and why, never a value: values
 * may be secrets.
 */
export function check<S extends z.ZodType>(
  schema: S,
  value: unknown,
  code: BridgeErrorCode,
  what: string,
): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${fieldName(issue.path)}: ${issue.message}`);
  throw new BridgeError(code, `${what}: ${problems.join('; ')}`, null, {
    fields: parsed.error.issues.map((issue) => fieldName(issue.path)),
  });
}

function fieldName(path: readonly PropertyKey[]): string {
  return path.length === 0 ? '(whole)' : path.map(String).join('.');
}
