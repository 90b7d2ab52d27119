import { destination, type Logger, pino } from 'pino';

/** Fields of one log record beside the message. `requestId` and `instance` get a place of their own in text form. */
export type LogFields = Readonly<Record<string, unknown>>;

/** The logger that is handed to daemon, agent and library code. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger that adds these fields to each of its lines, such as the request id (FLOW-7). */
  with(fields: LogFields): Log;
}

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];
export const logFormats = ['text', 'json'] as const;
export type LogFormat = (typeof logFormats)[number];

export interface LogOptions {
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** Path of a file to append to; standard error when absent. */
  readonly file?: string | undefined;
}

/** Field names whose values never reach a log, at any depth up to two levels. */
const secretFields = ['password', 'token', 'rest_password', 'authToken', 'connectionInfo'];

/** Opens the log of one process. Lines are written synchronously, so that a crash does not lose the last ones. */
export function openLog(name: string, options: LogOptions): Log {
  const sink = destination({ dest: options.file ?? 2, sync: true, mkdir: true });
  const target = options.format === 'json' ? sink : { write: (line: string) => sink.write(asText(line)) };
  const logger = pino(
    {
      level: options.level,
      base: { service: name, pid: process.pid },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secretFields.flatMap((field) => [field, `*.${field}`]), censor: '***' },
    },
    target,
  );
  return wrap(logger);
}

function wrap(logger: Logger): Log {
  return {
    debug: (message, fields) => logger.debug({ ...fields }, message),
    info: (message, fields) => logger.info({ ...fields }, message),
    warn: (message, fields) => logger.warn({ ...fields }, message),
    error: (message, fields) => logger.error({ ...fields }, message),
    with: (fields) => wrap(logger.child({ ...fields })),
  };
}

/** Fields with a place of their own; an instance's `name` is not among them, it follows the message. */
const ownPlace = new Set(['time', 'level', 'pid', 'service', 'msg', 'requestId', 'instance']);

/** The form operators know from nova-compute's log: time, pid, level, name, [request], [instance: …], message. */
function asText(line: string): string {
  const record: Record<string, unknown> = JSON.parse(line);
  const time = String(record['time']).replace('T', ' ').replace('Z', '');
  const level = String(record['level']).toUpperCase().replace('WARN', 'WARNING');
  const request = typeof record['requestId'] === 'string' ? record['requestId'] : '-';
  const instance = typeof record['instance'] === 'string' ? ` [instance: ${record['instance']}]` : '';
  const rest = Object.entries(record)
    .filter(([key]) => !ownPlace.has(key))
    .map(([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('');
  return `${time} ${record['pid']} ${level} ${record['service']} [${request}]${instance} ${record['msg'] ?? ''}${rest}\n`;
}
