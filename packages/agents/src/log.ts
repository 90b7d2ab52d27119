/** Fields of one log record beside the message. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where an agent writes what an operator must know; the command injects it. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export function textOfError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
