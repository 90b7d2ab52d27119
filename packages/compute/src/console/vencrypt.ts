import type { Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { ConsoleCredentials } from './credentials.js';
import { BadPeer, Incoming } from './incoming.js';

/** How long the peer may take for each piece of the handshake, milliseconds (CON-3). */
export const handshakeLimitMs = 30_000;

const SECURITY_NONE = 1;
const SECURITY_VENCRYPT = 19;
const VENCRYPT_VERSION = [0, 2] as const;
const SUBTYPE_X509_NONE = 260;

/**
 * Puts TLS with client certificates between a viewer and a terminal that itself knows no security: RFB's security
 * type VeNCrypt, version 0.2, with the only subtype x509None (CON-3; protocol reference 8.16). What follows, the
 * terminal's own confirmation first, goes through the socket that is returned. Throws `BadPeer`.
 */
export async function secureViewer(
  viewer: Socket,
  terminal: Socket,
  credentials: ConsoleCredentials,
  limitMs = handshakeLimitMs,
): Promise<TLSSocket> {
  const fromViewer = new Incoming(viewer, limitMs);
  const fromTerminal = new Incoming(terminal, limitMs);
  viewer.write(await fromTerminal.take(12));
  const version = await fromViewer.take(12);
  if (!/^RFB 003\.00[78]\n$/.test(version.toString('latin1')))
    throw new BadPeer('RFB before 3.7 knows no VeNCrypt');
  terminal.write(version);
  await chooseNoSecurity(terminal, fromTerminal);
  await negotiate(viewer, fromViewer);
  return startTls(viewer, credentials, limitMs);
}

async function chooseNoSecurity(terminal: Socket, fromTerminal: Incoming): Promise<void> {
  const count = (await fromTerminal.take(1)).readUInt8();
  const offered = [...(await fromTerminal.take(count))];
  if (!offered.includes(SECURITY_NONE)) throw new BadPeer(`the terminal offers security types ${offered}`);
  terminal.write(Buffer.from([SECURITY_NONE]));
}

async function negotiate(viewer: Socket, fromViewer: Incoming): Promise<void> {
  const refuse = (byte: number, why: string): never => {
    viewer.end(Buffer.from([byte]));
    throw new BadPeer(why);
  };
  viewer.write(Buffer.from([1, SECURITY_VENCRYPT]));
  const type = (await fromViewer.take(1)).readUInt8();
  if (type !== SECURITY_VENCRYPT) refuse(1, `the viewer chose security type ${type}`);
  viewer.write(Buffer.from(VENCRYPT_VERSION));
  const version = (await fromViewer.take(2)).readUInt16BE();
  if (version < VENCRYPT_VERSION[1]) refuse(1, `the viewer speaks VeNCrypt 0.${version}`);
  const offer = Buffer.from([0, 1, 0, 0, 0, 0]);
  offer.writeUInt32BE(SUBTYPE_X509_NONE, 2);
  viewer.write(offer);
  const subtype = (await fromViewer.take(4)).readUInt32BE();
  if (subtype !== SUBTYPE_X509_NONE) refuse(0, `the viewer chose VeNCrypt subtype ${subtype}`);
  viewer.write(Buffer.from([1]));
}

/** TLS as server; a viewer without a certificate of our authority is refused (CON-3, CON-9). */
function startTls(
  viewer: Socket,
  { ca, cert, key }: ConsoleCredentials,
  limitMs: number,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const server = createServer({
      ...{ ca, cert, key },
      minVersion: 'TLSv1.2',
      requestCert: true,
      rejectUnauthorized: true,
      handshakeTimeout: limitMs,
    });
    const refused = (cause: Error): void => reject(new BadPeer(`TLS failed: ${cause.message}`, { cause }));
    server.once('secureConnection', resolve);
    server.once('tlsClientError', refused);
    viewer.once('close', () => refused(new Error('the connection ended')));
    server.emit('connection', viewer);
  });
}
