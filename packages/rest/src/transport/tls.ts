import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { PowerVMError } from '../errors/error.js';

/** How to trust the console's certificate. Without either, the CAs that Node trusts decide. */
export interface TLSOptions {
  /** CA certificates in PEM form, or the path of a file with them. */
  readonly ca?: string | undefined;
  /**
   * The console's own certificate in PEM form, or the path of a file with it. The console must present exactly this
   * certificate and it must be in force; who issued it and what name it bears no longer matters.
   */
  readonly pinned?: string | undefined;
}

/** Certificates ready for use: texts, not paths. */
export interface Trust {
  readonly ca: string | undefined;
  readonly pinned: X509Certificate | undefined;
}

/** Reads the files the options name. */
export async function loadTrust(options: TLSOptions = {}): Promise<Trust> {
  const pinned = await pemText('tls.pinned', options.pinned);
  return {
    ca: await pemText('tls.ca', options.ca),
    pinned: pinned === undefined ? undefined : parseCertificate(pinned),
  };
}

/** Why a new connection is not the pinned console's; undefined when it is, or when nothing is pinned. */
export function pinProblem(socket: Socket, { pinned }: Trust): PowerVMError | undefined {
  if (!pinned || !(socket instanceof TLSSocket)) return undefined;
  const presented = socket.getPeerX509Certificate();
  if (!presented?.raw.equals(pinned.raw)) {
    const shown = presented ? `SHA-256 ${presented.fingerprint256}` : 'no certificate';
    return untrusted(`The console presented ${shown}, which is not the pinned one`);
  }
  const now = Date.now();
  if (now > Date.parse(pinned.validTo))
    return untrusted(`The pinned certificate expired on ${pinned.validTo}`);
  if (now < Date.parse(pinned.validFrom))
    return untrusted(`The pinned certificate is valid only from ${pinned.validFrom}`);
  return undefined;
}

function untrusted(what: string): PowerVMError {
  return new PowerVMError('PVM_TLS_UNTRUSTED', what);
}

async function pemText(option: string, value: string | undefined): Promise<string | undefined> {
  if (value === undefined || value.includes('-----BEGIN')) return value;
  try {
    return await readFile(value, 'utf8');
  } catch (cause) {
    throw new PowerVMError(
      'PVM_INVALID_ARGUMENT',
      `The file named by ${option}, '${value}', cannot be read`,
      {
        cause,
      },
    );
  }
}

function parseCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw new PowerVMError('PVM_INVALID_ARGUMENT', 'tls.pinned holds no certificate in PEM form', { cause });
  }
}
