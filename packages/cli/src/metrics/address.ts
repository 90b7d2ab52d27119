import { type Command, InvalidArgumentError, Option } from 'commander';

/** Where metrics are served. */
export interface MetricsAddress {
  readonly host: string;
  readonly port: number;
}

/** Adds `--metrics`, which daemons and agents have. */
export function withMetricsOption(command: Command): Command {
  return command.addOption(
    new Option('--metrics <address:port>', 'serve metrics for Prometheus there, such as 127.0.0.1:9736')
      .argParser(metricsAddress)
      .env('POWERVM_METRICS'),
  );
}

/** `port`, `address:port` or `[address]:port`. Without an address only this machine can ask. */
export function metricsAddress(text: string): MetricsAddress {
  const [, host = '127.0.0.1', digits = ''] = /^(?:(?:\[(?=.*\]))?([^[\]]+)\]?:)?(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === '' || port > 65535) throw new InvalidArgumentError('address:port or a port is wanted');
  return { host, port };
}
