import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { Incoming } from '../console/incoming.js';

/** How long a test waits for an answer, milliseconds. */
const limitMs = 20_000;

/** A console proxy as tests need it: speaks RFB 3.8 up to the name of the desktop. */
export class Viewer {
  socket: Socket;
  #incoming: Incoming;

  private constructor(socket: Socket) {
    this.socket = socket;
    this.#incoming = new Incoming(socket, limitMs);
  }

  static async open({ host, port }: { host: string; port: number }): Promise<Viewer> {
    const socket = connect(port, host);
    await once(socket, 'connect');
    socket.on('error', () => socket.destroy());
    return new Viewer(socket);
  }

  take(length: number): Promise<Buffer> {
    return this.#incoming.take(length);
  }

  send(...bytes: readonly number[]): void {
    this.socket.write(Buffer.from(bytes));
  }

  /** Sends a request and gives the whole answer. */
  async request(text: string): Promise<string> {
    this.socket.write(text);
    return this.#incoming.takeUntil('\r\n\r\n', 100);
  }

  async version(text = 'RFB 003.008\n'): Promise<void> {
    await this.take(12);
    this.socket.write(text);
  }

  /** RFB without security, as seen by a viewer; gives the name of the desktop. */
  async greet(): Promise<string> {
    await this.version();
    if ((await this.take(2)).readUInt16BE() !== 0x0101) throw new Error('no security is not what is offered');
    this.send(1);
    return this.desktop();
  }

  /** What follows security: its result, and the name of the desktop. */
  async desktop(): Promise<string> {
    if ((await this.take(4)).readUInt32BE() !== 0) throw new Error('the terminal refused');
    this.send(1);
    const init = await this.take(24);
    return (await this.take(init.readUInt32BE(20))).toString();
  }

  /** VeNCrypt with x509None up to the point where TLS begins. */
  async chooseX509(): Promise<void> {
    await this.version();
    await this.take(2);
    this.send(19);
    await this.take(2);
    this.send(0, 2);
    await this.take(6);
    this.send(0, 0, 1, 4);
    await this.take(1);
  }

  /** Goes on over TLS. */
  async secure(options: ConnectionOptions): Promise<string> {
    const socket = connectTls({ ...options, socket: this.socket, host: '127.0.0.1' });
    await once(socket, 'secureConnect');
    socket.on('error', () => socket.destroy());
    this.socket = socket;
    this.#incoming = new Incoming(socket, limitMs);
    return socket.getProtocol() ?? '';
  }

  /** Settles when the other side has hung up. */
  async ended(): Promise<void> {
    this.socket.resume();
    if (!this.socket.closed) await once(this.socket, 'close');
  }
}
