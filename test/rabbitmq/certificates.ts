import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ServerCertificate } from './private-broker.js';

const run = promisify(execFile);

/** A certificate authority made with openssl, for the length of a test. */
export class Authority implements AsyncDisposable {
  readonly ca: string;
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.ca = join(folder, 'ca.pem');
  }

  static async make(name: string): Promise<Authority> {
    const folder = await mkdtemp(join(tmpdir(), 'private-authority-'));
    const authority = new Authority(folder);
    const key = join(folder, 'ca.key');
    await run('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${name}`],
      ...['-keyout', key, '-out', authority.ca],
    ]);
    return authority;
  }

  /** A certificate for names such as `IP:127.0.0.1` or `DNS:broker.example`. */
  async certify(name: string, subjectAltName: string): Promise<ServerCertificate> {
    const at = (ending: string) => join(this.#folder, `${name}.${ending}`);
    const [key, request, cert, extensions] = [at('key'), at('csr'), at('pem'), at('ext')];
    await writeFile(extensions, `subjectAltName=${subjectAltName}\n`);
    await run('openssl', [
      ...['req', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`, '-keyout', key, '-out', request],
    ]);
    await run('openssl', [
      ...['x509', '-req', '-days', '2', '-in', request, '-out', cert, '-extfile', extensions],
      ...['-CA', this.ca, '-CAkey', join(this.#folder, 'ca.key'), '-CAcreateserial'],
    ]);
    return { ca: this.ca, cert, key };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
