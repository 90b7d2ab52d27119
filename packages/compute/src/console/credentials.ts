import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { PowerVMOptions } from '../contract/index.js';
import { DriverError, sentenceOf } from '../errors/index.js';

/** What viewers are met with over TLS, in PEM form. */
export interface ConsoleCredentials {
  /** The authorities whose certificates viewers must show. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

const names = ['vnc_ca_certs', 'vnc_server_cert', 'vnc_server_key'] as const;

/** Reads the files that `[powervm] vnc_use_x509_auth` needs; undefined when it is off. Throws `PVM_CONFIG_MISSING`. */
export async function readCredentials(options: PowerVMOptions): Promise<ConsoleCredentials | undefined> {
  if (!options.vnc_use_x509_auth) return undefined;
  const unset = names.filter((name) => options[name] === '');
  if (unset.length > 0)
    throw new DriverError(
      'PVM_CONFIG_MISSING',
      `[powervm] vnc_use_x509_auth is on, but ${unset.join(', ')} ${unset.length === 1 ? 'is' : 'are'} not set`,
    );
  const [ca, cert, key] = await Promise.all([
    readOption(options, 'vnc_ca_certs'),
    readOption(options, 'vnc_server_cert'),
    readOption(options, 'vnc_server_key'),
  ]);
  try {
    createSecureContext({ ca, cert, key });
  } catch (thrown) {
    throw unusable(names.join(', '), sentenceOf(thrown), thrown);
  }
  return { ca, cert, key };
}

async function readOption(options: PowerVMOptions, name: (typeof names)[number]): Promise<string> {
  try {
    return await readFile(options[name], 'utf8');
  } catch (thrown) {
    throw unusable(name, sentenceOf(thrown), thrown);
  }
}

function unusable(what: string, why: string, cause: unknown): DriverError {
  return new DriverError('PVM_CONFIG_MISSING', `[powervm] ${what} cannot be used: ${why}`, {}, cause);
}
