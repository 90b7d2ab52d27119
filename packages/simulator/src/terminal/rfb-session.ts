import type { Socket } from 'node:net';
import { ByteReader, ConnectionEnded } from './byte-reader.js';
import { rawEncoding, rreEncoding } from './encodings.js';
import { characterOf } from './keys.js';
import { defaultFormat, readFormat, writeFormat } from './pixel-format.js';
import { CELL_HEIGHT, dotsOf, heightOf, widthOf } from './raster.js';
import type { Screen } from './screen.js';

const SECURITY_NONE = 1;

export interface RfbOptions {
  readonly screen: Screen;
  /** Shown as the name of the desktop. */
  readonly title: string;
  /** Characters that the viewer typed. */
  readonly onInput: (text: string) => void;
}

/** Serves one viewer until it goes away: RFB 3.3, 3.7 and 3.8, no security, raw or RRE encoding (RFC 6143). */
export async function serveRfb(socket: Socket, options: RfbOptions): Promise<void> {
  const session = new RfbSession(socket, options);
  try {
    await session.run();
  } catch (error) {
    if (!(error instanceof ConnectionEnded)) throw error;
  } finally {
    session.end();
  }
}

class RfbSession {
  readonly #socket: Socket;
  readonly #reader: ByteReader;
  readonly #options: RfbOptions;
  readonly #stopListening: () => void;
  #format = defaultFormat;
  #encoding = rawEncoding;
  /** What the viewer was last sent, row by row. */
  #sent: readonly string[] = [];
  /** The viewer has asked for an update and waits for a change. */
  #waiting = false;

  constructor(socket: Socket, options: RfbOptions) {
    this.#socket = socket;
    this.#reader = new ByteReader(socket);
    this.#options = options;
    this.#stopListening = options.screen.onChange(() => {
      if (this.#waiting) this.#sendChanges();
    });
  }

  end(): void {
    this.#stopListening();
    this.#socket.destroy();
  }

  async run(): Promise<void> {
    await this.#handshake();
    for (;;) await this.#message((await this.#reader.take(1)).readUInt8());
  }

  async #handshake(): Promise<void> {
    this.#socket.write('RFB 003.008\n');
    const version = (await this.#reader.take(12)).toString('latin1');
    const minor = Number(/^RFB 003\.(\d{3})\n$/.exec(version)?.[1] ?? Number.NaN);
    if (Number.isNaN(minor)) throw new ConnectionEnded();
    await this.#security(minor);
    await this.#reader.take(1);
    const { screen, title } = this.#options;
    const init = Buffer.alloc(4);
    init.writeUInt16BE(widthOf(screen), 0);
    init.writeUInt16BE(heightOf(screen), 2);
    const name = Buffer.from(title, 'latin1');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(name.length);
    this.#socket.write(Buffer.concat([init, writeFormat(this.#format), length, name]));
  }

  /** Before 3.7 the server decides; only 3.8 confirms the choice of no security. */
  async #security(minor: number): Promise<void> {
    if (minor < 7) {
      this.#socket.write(Buffer.from([0, 0, 0, SECURITY_NONE]));
      return;
    }
    this.#socket.write(Buffer.from([1, SECURITY_NONE]));
    const chosen = (await this.#reader.take(1)).readUInt8();
    if (chosen !== SECURITY_NONE) throw new ConnectionEnded();
    if (minor >= 8) this.#socket.write(Buffer.alloc(4));
  }

  async #message(type: number): Promise<void> {
    switch (type) {
      case 0:
        this.#format = readFormat((await this.#reader.take(19)).subarray(3));
        return;
      case 2:
        return this.#chooseEncoding((await this.#reader.take(3)).readUInt16BE(1));
      case 3:
        return this.#updateRequest((await this.#reader.take(9)).readUInt8() !== 0);
      case 4:
        return this.#key(await this.#reader.take(7));
      case 5:
        await this.#reader.take(5);
        return;
      case 6:
        await this.#reader.take((await this.#reader.take(7)).readUInt32BE(3));
        return;
      default:
        throw new ConnectionEnded();
    }
  }

  async #chooseEncoding(count: number): Promise<void> {
    const types = await this.#reader.take(count * 4);
    const known = Array.from({ length: count }, (_, index) => types.readInt32BE(index * 4));
    this.#encoding = known.includes(rreEncoding.type) ? rreEncoding : rawEncoding;
  }

  #updateRequest(incremental: boolean): void {
    if (!incremental) this.#sent = [];
    this.#waiting = true;
    this.#sendChanges();
  }

  #key(message: Buffer): void {
    const text = message.readUInt8() === 0 ? '' : characterOf(message.readUInt32BE(3));
    if (text !== '') this.#options.onInput(text);
  }

  /** One rectangle for each row that differs from what the viewer has; nothing when none does. */
  #sendChanges(): void {
    const { screen } = this.#options;
    const { lines } = screen;
    const changed = lines.flatMap((line, row) => (this.#sent[row] === line ? [] : [{ line, row }]));
    if (changed.length === 0) return;
    this.#waiting = false;
    this.#sent = lines;
    const header = Buffer.alloc(4);
    header.writeUInt16BE(changed.length, 2);
    const rectangles = changed.map(({ line, row }) => this.#rectangle(line, row, widthOf(screen)));
    this.#socket.write(Buffer.concat([header, ...rectangles]));
  }

  #rectangle(line: string, row: number, width: number): Buffer {
    const header = Buffer.alloc(12);
    header.writeUInt16BE(row * CELL_HEIGHT, 2);
    header.writeUInt16BE(width, 4);
    header.writeUInt16BE(CELL_HEIGHT, 6);
    header.writeInt32BE(this.#encoding.type, 8);
    return Buffer.concat([header, this.#encoding.encode(dotsOf(line), width, this.#format)]);
  }
}
