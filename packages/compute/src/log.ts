/** Values that go into a structured log line beside its text. Never secrets (ERR-2). */
export type LogFields = Readonly<Record<string, unknown>>;

/**
 * Where the driver writes its log. The library never writes to the console; whoever builds a
 * `Driver` injects a logger, or `noLog`.
 */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger that adds these fields to each of its lines, e.g. Nova's request id (FLOW-7). */
  with(fields: LogFields): Log;
}

const ignore = (): void => {};

/** Drops everything. */
export const noLog: Log = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  with: () => noLog,
};
