import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { hmcSite } from '@openstack-powervm/simulator';
import { noLog } from '../log.js';
import type { Partition } from '../partition/partition.js';
import { ManualClock } from '../testing/clock.js';
import { driverError } from '../testing/expect.js';
import { exampleInstance } from '../testing/nova.js';
import { exampleCall, Rig, removalOf } from '../testing/rig.js';
import { Viewer } from '../testing/viewer.js';
import { type ConsoleAccess, Consoles, type ConsolesOptions } from './consoles.js';
import { idleLimitMs } from './terminal.js';

/** Terminals that greet with their partition's id and echo what they are told. */
class EchoTerminals {
  readonly #open = new Map<number, { server: Server; sockets: Set<Socket> }>();
  readonly closed: number[] = [];

  async open({ id }: Pick<Partition, 'id'>): Promise<number> {
    const known = this.#open.get(id) ?? (await this.#listen(id));
    const address = known.server.address();
    return typeof address === 'object' ? (address?.port ?? 0) : 0;
  }

  async close(id: number): Promise<boolean> {
    const known = this.#open.get(id);
    this.#open.delete(id);
    this.closed.push(id);
    for (const socket of known?.sockets ?? []) socket.destroy();
    known?.server.close();
    return known !== undefined;
  }

  async #listen(id: number) {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.write(`terminal ${id}`);
      socket.pipe(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const terminal = { server, sockets };
    this.#open.set(id, terminal);
    return terminal;
  }
}

const partition = (id: number): Partition => ({
  uuid: `00000000-0000-4000-8000-00000000000${id}`.toUpperCase(),
  id,
  name: `vm${id}`,
  state: 'running',
  type: 'AIX/Linux',
  rmcState: 'active',
  isManagement: false,
  dynamicIo: true,
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

async function rig(t: TestContext, parts: Partial<ConsolesOptions> = {}) {
  const commands = new EchoTerminals();
  const clock = new ManualClock();
  const consoles = new Consoles({
    ...{ commands, clock, log: noLog, credentials: undefined, address: '127.0.0.1' },
    ...{ access: 'path', port: await freePort() },
    ...parts,
  });
  t.after(() => consoles.stop());
  return { commands, clock, consoles };
}

async function reach(access: ConsoleAccess): Promise<Viewer> {
  const viewer = await Viewer.open(access);
  const answer = await viewer.request(`CONNECT ${access.internalAccessPath} HTTP/1.1\r\n\r\n`);
  assert.equal(answer, 'HTTP/1.1 200 OK\r\n\r\n');
  return viewer;
}

test('CON-2 C01 two consoles share one port, and the path leads each viewer to its partition', async (t) => {
  const { consoles } = await rig(t);
  const [five, six] = [await consoles.open(partition(5), {}), await consoles.open(partition(6), {})];
  assert.equal(five.port, six.port);
  assert.equal(five.internalAccessPath, partition(5).uuid.toLowerCase());
  const [first, second] = [await reach(five), await reach(six)];
  assert.equal((await first.take(10)).toString(), 'terminal 5');
  assert.equal((await second.take(10)).toString(), 'terminal 6');
  first.send(1, 2, 3);
  assert.deepEqual([...(await first.take(3))], [1, 2, 3]);
});

test('CON-2 what is no CONNECT request for an open console is answered with 400 and closed', async (t) => {
  const { consoles } = await rig(t);
  const { host, port, internalAccessPath: path } = await consoles.open(partition(5), {});
  const requests = [
    'CONNECT 00000000-0000-4000-8000-000000000006 HTTP/1.1\r\n\r\n',
    `GET ${path} HTTP/1.1\r\n\r\n`,
    `CONNECT ${path} HTTP/1.1\r\nHost: here\r\n\r\n`,
    `CONNECT ${'x'.repeat(501)} HTTP/1.1\r\n\r\n`,
    'x'.repeat(2000),
  ];
  for (const request of requests) {
    const viewer = await Viewer.open({ host, port });
    assert.equal(await viewer.request(request), 'HTTP/1.1 400 Bad Request\r\n\r\n', request.slice(0, 60));
    await viewer.ended();
  }
});

test('CON-2 who says nothing is not waited for', async (t) => {
  const { consoles } = await rig(t);
  const viewer = await Viewer.open(await consoles.open(partition(5), {}));
  assert.equal(await viewer.request(''), 'HTTP/1.1 400 Bad Request\r\n\r\n');
  await viewer.ended();
});

test('with a port of its own a console needs no path', async (t) => {
  const { consoles } = await rig(t, { access: 'port' });
  const [five, six] = [await consoles.open(partition(5), {}), await consoles.open(partition(6), {})];
  assert.notEqual(five.port, six.port);
  assert.equal(five.internalAccessPath, null);
  assert.deepEqual(await consoles.open(partition(5), {}), five);
  const viewer = await Viewer.open(six);
  assert.equal((await viewer.take(10)).toString(), 'terminal 6');
});

test('CON-4 a console is closed when nobody has looked at it for 300 seconds', async (t) => {
  const { consoles, commands, clock } = await rig(t);
  const access = await consoles.open(partition(5), {});
  const viewer = await reach(access);
  await viewer.take(10);
  await clock.advance(idleLimitMs * 2);
  assert.deepEqual(commands.closed, [], 'somebody looks');
  viewer.socket.destroy();
  while (clock.sleeping === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await clock.advance(idleLimitMs - 1);
  assert.deepEqual(commands.closed, [], 'one millisecond is left');
  await clock.advance(1);
  assert.deepEqual(commands.closed, [5]);
  const late = await Viewer.open(access);
  assert.match(await late.request(`CONNECT ${access.internalAccessPath} HTTP/1.1\r\n\r\n`), /400/);
  assert.equal((await consoles.open(partition(5), {})).port, access.port, 'it can be opened again');
});

test('CON-4 asking for a console again keeps it open', async (t) => {
  const { consoles, commands, clock } = await rig(t);
  await consoles.open(partition(5), {});
  await clock.advance(idleLimitMs - 1);
  await consoles.open(partition(5), {});
  await clock.advance(idleLimitMs - 1);
  assert.deepEqual(commands.closed, []);
  await clock.advance(1);
  assert.deepEqual(commands.closed, [5]);
});

test('a terminal that was closed behind our back turns its viewers away until it is opened anew', async (t) => {
  const { consoles, commands } = await rig(t, { access: 'port' });
  const access = await consoles.open(partition(5), {});
  const viewer = await Viewer.open(access);
  await viewer.take(10);
  await commands.close(5);
  await viewer.ended();
  await (await Viewer.open(access)).ended();
  const again = await Viewer.open(await consoles.open(partition(5), {}));
  assert.equal((await again.take(10)).toString(), 'terminal 5');
});

test('CON-5 L-147 an address that is taken is named, and the terminal does not stay open', async (t) => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  t.after(() => blocker.close());
  const address = blocker.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const { consoles, commands } = await rig(t, { port });
  await assert.rejects(
    consoles.open(partition(5), {}),
    driverError('PVM_CONSOLE_UNAVAILABLE', `127.0.0.1:${port}`, 'EADDRINUSE', 'vnc_port'),
  );
  assert.deepEqual(commands.closed, [5]);
});

test('stopping turns everybody out', async (t) => {
  const { consoles, commands } = await rig(t);
  const viewer = await reach(await consoles.open(partition(5), {}));
  await consoles.open(partition(6), {});
  await consoles.stop();
  await viewer.ended();
  assert.deepEqual(commands.closed.sort(), [5, 6]);
});

test('CON-1 CON-6 the driver opens the terminal of a partition and closes it when the partition goes', async () => {
  await using rig = await Rig.open({ terminals: true });
  const deployment = await rig.deployment({ image: rig.images.add(1 << 20) });
  const { instance } = deployment;
  await rig.driver.spawn(deployment, exampleCall());
  const access = await rig.driver.getVncConsole({ instance }, exampleCall());
  assert.equal(access.host, '127.0.0.1');
  const viewer = await Viewer.open(access);
  assert.equal(await viewer.greet(), rig.partition(instance)?.name);
  assert.deepEqual(await rig.driver.getVncConsole({ instance }, exampleCall()), access);
  await rig.driver.destroy(removalOf(deployment), exampleCall());
  await viewer.ended();
  await assert.rejects(
    rig.driver.getVncConsole({ instance }, exampleCall()),
    driverError('PVM_INSTANCE_NOT_FOUND', instance.uuid),
  );
});

test('CON-5 an HMC opens no terminals', async () => {
  const site = hmcSite();
  await using rig = await Rig.open({
    simulator: { site: { ...site, systems: site.systems.slice(0, 1) } },
    options: { rest_username: 'pvmadmin', rest_password: 'pvmadmin-simulated' },
  });
  const instance = exampleInstance();
  await assert.rejects(
    rig.driver.getVncConsole({ instance }, exampleCall()),
    driverError('PVM_CONSOLE_UNAVAILABLE', instance.uuid, 'HMC'),
  );
});
