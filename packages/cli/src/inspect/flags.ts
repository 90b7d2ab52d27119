import { readFileSync } from 'node:fs';
import type { SessionOptions } from '@openstack-powervm/rest';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { sessionOptions } from '../console.js';
import { exitStatus } from '../exit-status.js';
import { CommandFailure } from '../failure.js';

/** The flags that say which REST server is asked, and as whom. */
export interface ConnectionFlags {
  readonly endpoint: string;
  readonly user: string;
  readonly passwordFile?: string;
  readonly caCerts: string;
  /** Seconds for each request. */
  readonly timeout: number;
}

/** Adds them; each has a variable of the environment, so that a shell session needs to say them once. */
export function withConnectionFlags(command: Command): Command {
  return command
    .addOption(
      new Option('--endpoint <url>', 'PowerVM REST server: the NovaLink of a system, or an HMC')
        .default('http://localhost:12080')
        .env('POWERVM_ENDPOINT'),
    )
    .addOption(
      new Option('--user <name>', "user at the REST server; without one, NovaLink's local token file is used")
        .default('')
        .env('POWERVM_USER'),
    )
    .addOption(
      new Option('--password-file <path>', "file whose first line is the user's password").env(
        'POWERVM_PASSWORD_FILE',
      ),
    )
    .addOption(
      new Option('--ca-certs <path>', "PEM file of the REST server's certificate authority")
        .default('')
        .env('POWERVM_CA_CERTS'),
    )
    .addOption(
      new Option('--timeout <seconds>', 'longest time for one request')
        .argParser(seconds)
        .default(120)
        .env('POWERVM_TIMEOUT'),
    );
}

/** How to log on with these flags. The first attempt decides: somebody is waiting at the terminal. */
export function sessionOptionsOf(flags: ConnectionFlags, auditMemento: string): SessionOptions {
  const options = {
    rest_endpoint: flags.endpoint,
    rest_username: flags.user,
    rest_password: flags.user === '' ? '' : passwordOf(flags),
    rest_ca_certs: flags.caCerts,
  };
  return { ...sessionOptions(options, auditMemento), connectAttempts: 1 };
}

/** Never an argument: those can be read by every user of the machine. */
function passwordOf({ user, passwordFile }: ConnectionFlags): string {
  if (passwordFile === undefined) {
    const password = process.env['POWERVM_PASSWORD'];
    if (password !== undefined) return password;
    throw noPassword(`--user ${user} needs a password`);
  }
  try {
    return readFileSync(passwordFile, 'utf8').split(/\r?\n/, 1)[0] ?? '';
  } catch (cause) {
    throw noPassword(`the password file ${passwordFile} cannot be read`, cause);
  }
}

function noPassword(what: string, cause?: unknown): CommandFailure {
  return new CommandFailure(
    'PVM_PASSWORD_UNREADABLE',
    what,
    'name a readable file with --password-file, or set POWERVM_PASSWORD',
    exitStatus.noSession,
    { cause },
  );
}

/** A positive number of seconds on the command line. */
export function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('a number of seconds is wanted');
  return value;
}
