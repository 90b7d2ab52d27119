import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { Api } from '../testing/api.js';
import { createdPartition, eventually, finishedJob, poweredOn } from '../testing/steps.js';
import { ByteReader } from './byte-reader.js';
import { CELL_HEIGHT, CELL_WIDTH, dotsOf } from './raster.js';

/** Every character of the font by its picture. */
const pictures = new Map(
  Array.from({ length: 95 }, (_, index) => String.fromCodePoint(0x20 + index)).map((character) => [
    picture((x, y) => dotsOf(character)(x, y)),
    character,
  ]),
);

function picture(lit: (x: number, y: number) => boolean): string {
  let text = '';
  for (let y = 0; y < CELL_HEIGHT; y += 1)
    for (let x = 0; x < CELL_WIDTH; x += 1) text += lit(x, y) ? '#' : '.';
  return text;
}

/** A viewer that reads the framebuffer back as text. */
class Viewer {
  readonly socket: Socket;
  readonly reader: ByteReader;
  readonly lines: string[] = [];
  width = 0;
  title = '';

  constructor(socket: Socket) {
    this.socket = socket;
    this.reader = new ByteReader(socket);
  }

  static async open(port: number, version = 'RFB 003.008\n'): Promise<Viewer> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const viewer = new Viewer(socket);
    await viewer.handshake(version);
    return viewer;
  }

  async handshake(version: string): Promise<void> {
    assert.equal((await this.reader.take(12)).toString(), 'RFB 003.008\n');
    this.socket.write(version);
    if (version.endsWith('003\n')) {
      assert.equal((await this.reader.take(4)).readUInt32BE(), 1);
    } else {
      assert.deepEqual([...(await this.reader.take(2))], [1, 1]);
      this.socket.write(Buffer.from([1]));
      if (version.endsWith('008\n')) assert.equal((await this.reader.take(4)).readUInt32BE(), 0);
    }
    this.socket.write(Buffer.from([1]));
    const init = await this.reader.take(24);
    this.width = init.readUInt16BE(0);
    this.title = (await this.reader.take(init.readUInt32BE(20))).toString();
    // 16 bits per pixel, big endian, as a viewer other than the default one might want it.
    this.socket.write(Buffer.from([0, 0, 0, 0, 16, 16, 1, 1, 0, 31, 0, 63, 0, 31, 11, 5, 0, 0, 0, 0]));
    this.socket.write(Buffer.from([2, 0, 0, 1, 0, 0, 0, 0]));
  }

  async update(incremental: boolean): Promise<void> {
    const request = Buffer.alloc(10);
    request.set([3, incremental ? 1 : 0]);
    this.socket.write(request);
    const header = await this.reader.take(4);
    for (let left = header.readUInt16BE(2); left > 0; left -= 1) {
      const rectangle = await this.reader.take(12);
      const pixels = await this.reader.take(rectangle.readUInt16BE(4) * rectangle.readUInt16BE(6) * 2);
      this.lines[rectangle.readUInt16BE(2) / CELL_HEIGHT] = this.decode(pixels);
    }
  }

  /** Incremental updates until the text shows up. */
  async until(text: string): Promise<void> {
    while (!this.lines.some((line) => line.includes(text))) await this.update(true);
  }

  type(text: string): void {
    for (const character of text) {
      const key = Buffer.alloc(8);
      key.set([4, 1]);
      key.writeUInt32BE(character === '\r' ? 65_293 : (character.codePointAt(0) ?? 0), 4);
      this.socket.write(key);
    }
  }

  decode(pixels: Buffer): string {
    const lit = (x: number, y: number): boolean => pixels.readUInt16BE((y * this.width + x) * 2) !== 0;
    return Array.from({ length: this.width / CELL_WIDTH }, (_, cell) => {
      return pictures.get(picture((x, y) => lit(cell * CELL_WIDTH + x, y))) ?? '?';
    }).join('');
  }
}

async function idNumber(api: Api, path: string): Promise<string> {
  return (await api.get(`${path}/quick/PartitionID`)).text;
}

test('a viewer sees the firmware, types, and sees the echo', async (t) => {
  const api = await Api.start(t);
  const { path } = await poweredOn(api, 'vm1');
  const terminal = `/simulator/terminals/${await idNumber(api, path)}`;
  const { port, already } = JSON.parse((await api.send('PUT', terminal)).text);
  assert.equal(already, false);
  const viewer = await Viewer.open(port);
  assert.equal(viewer.title, 'vm1');
  await viewer.update(false);
  assert.ok(viewer.lines.some((line) => line.includes('Open Firmware Prompt')));
  assert.ok(viewer.lines.some((line) => /Partition \d+ vm1/.test(line)));
  viewer.type('boot net\r');
  await viewer.until('boot net');
  assert.deepEqual(JSON.parse((await api.send('PUT', terminal)).text), { port, already: true });
  assert.equal((await api.send('DELETE', terminal)).status, 204);
  assert.equal((await api.send('DELETE', terminal)).status, 404);
  await eventually(() => (viewer.socket.closed ? true : undefined));
});

test('older viewers are served too, and a shutdown shows', async (t) => {
  const api = await Api.start(t);
  const { id, path } = await createdPartition(api, 'vm1');
  api.simulator.happen('vm1', { state: 'running' });
  const { port } = JSON.parse(
    (await api.send('PUT', `/simulator/terminals/${await idNumber(api, path)}`)).text,
  );
  for (const version of ['RFB 003.003\n', 'RFB 003.007\n']) {
    const viewer = await Viewer.open(port, version);
    await viewer.update(false);
    assert.ok(viewer.lines.some((line) => line.includes('vm1 login:')));
    viewer.socket.destroy();
  }
  const viewer = await Viewer.open(port);
  await viewer.update(false);
  await finishedJob(api, 'LogicalPartition', id, 'PowerOff', { operation: 'shutdown', immediate: 'true' });
  await viewer.until('not activated');
});

test('CloseVterm closes the terminal', async (t) => {
  const api = await Api.start(t);
  const { id, path } = await createdPartition(api, 'vm1');
  const terminal = `/simulator/terminals/${await idNumber(api, path)}`;
  await api.send('PUT', terminal);
  await finishedJob(api, 'LogicalPartition', id, 'CloseVterm');
  assert.equal((await api.send('DELETE', terminal)).status, 404);
});

test('the commands print the port and answer with the exit codes of NovaLink', async (t) => {
  const api = await Api.start(t);
  const { path } = await createdPartition(api, 'vm1');
  const id = await idNumber(api, path);
  const run = (command: string, ...args: string[]) =>
    new Promise<{ code: number; output: string }>((done) => {
      const script = resolve(import.meta.dirname, '../../commands', command);
      const env = { ...process.env, POWERVM_SIMULATOR_URL: api.simulator.url };
      execFile(process.execPath, [script, ...args], { env }, (error, output) => {
        done({ code: typeof error?.code === 'number' ? error.code : 0, output: output.trim() });
      });
    });
  const opened = await run('mkvterm.mjs', '--id', id, '--vnc', '--local');
  assert.match(opened.output, /^\d+$/);
  assert.equal(opened.code, 0);
  assert.deepEqual(await run('mkvterm.mjs', '--id', id, '--vnc', '--local'), {
    code: 3,
    output: opened.output,
  });
  assert.equal((await run('rmvterm.mjs', '--id', id)).code, 0);
  assert.equal((await run('rmvterm.mjs', '--id', id)).code, 1);
  assert.equal((await run('mkvterm.mjs', '--id', '4711', '--vnc', '--local')).code, 1);
});
