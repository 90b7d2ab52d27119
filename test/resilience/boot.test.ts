import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { demonstrationNetwork } from '@openstack-powervm/deploy';
import { Scene } from '../openstack/support/scene.js';
import { acquireStack, reasonToSkip, repairStack } from '../openstack/support/stack.js';
import { cutRestServer, killService } from './services.js';

/** How long the REST server is out of reach. */
const outageMs = 5000;
const limitMs = 120_000;

/** What goes wrong, and when. */
interface Disturbance {
  readonly what: string;
  /** Before the server is asked for. */
  before?(scene: Scene): Promise<void>;
  /** As soon as the server's partition exists. */
  during(scene: Scene): Promise<void>;
  /** The boot may fail, as a stock service loses its own messages. */
  readonly mayFail?: boolean;
}

const repair = () => repairStack(() => {});

const disturbances: readonly Disturbance[] = [
  {
    what: 'the agent is dead when the port is plugged, and started again',
    before: ({ deployment }) => killService(deployment, 'sea-agent'),
    during: repair,
  },
  {
    what: 'the REST server breaks every connection for some seconds',
    async during({ deployment }) {
      await using _cut = await cutRestServer(deployment);
      await sleep(outageMs);
    },
    mayFail: true,
  },
  {
    what: 'the REST server is killed and started again with the state that it kept',
    async during({ deployment }) {
      await killService(deployment, 'power-system');
      await sleep(outageMs);
      await repair();
    },
    mayFail: true,
  },
  {
    what: 'the broker is killed and started again with an empty memory',
    async during({ deployment }) {
      await killService(deployment, 'rabbitmq');
      await repair();
    },
    mayFail: true,
  },
];

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await holds())) {
    assert.ok(performance.now() < end, `it did not happen that ${what}`);
    await sleep(500);
  }
}

/** Waits until the Power system has a partition that it did not have. */
async function newPartition({ powerSystem }: Scene, known: ReadonlySet<string>): Promise<void> {
  const appeared = async () => (await powerSystem.system()).partitions.some(({ name }) => !known.has(name));
  while (!(await appeared())) await sleep(50);
}

/** The server works: its partition runs, its port is up, and its VLAN is on the Shared Ethernet Adapter. */
async function works({ client, powerSystem }: Scene, name: string): Promise<void> {
  const { id } = await client.show('server', 'show', name);
  assert.equal((await powerSystem.partitionOf(String(id)))?.state, 'running');
  const portStatus = async () =>
    (await client.list('port', 'list', '--server', String(id), '--long'))[0]?.['Status'];
  await until('the port is up', async () => (await portStatus()) === 'ACTIVE');
  const { bridges } = await powerSystem.system();
  assert.ok(bridges.some(({ vlans }) => vlans.includes(demonstrationNetwork.vlan)));
}

/** Nova deletes a server without asking its host while it believes the host to be away. */
async function hostIsUp({ client }: Scene): Promise<void> {
  await until('Nova believes the compute host to be up', async () => {
    const services = await client.list('compute', 'service', 'list', '--service', 'nova-compute');
    return services.every((service) => service['State'] === 'up');
  });
}

async function bootUnder(
  t: TestContext,
  scene: Scene,
  disturbance: Disturbance,
  name: string,
): Promise<void> {
  const known = new Set((await scene.powerSystem.system()).partitions.map((partition) => partition.name));
  await disturbance.before?.(scene);
  const started = performance.now();
  const booting = scene.boot(name);
  await newPartition(scene, known);
  await disturbance.during(scene);
  const { complaint } = await booting;
  const ended = async () => ['ACTIVE', 'ERROR'].includes(String(await scene.serverField(name, 'status')));
  await until('the server is built or has failed', ended);
  const status = String(await scene.serverField(name, 'status'));
  await hostIsUp(scene);
  t.diagnostic(`${status} after ${((performance.now() - started) / 1000).toFixed(1)} s ${complaint}`);
  if (status === 'ACTIVE') return works(scene, name);
  assert.ok(disturbance.mayFail, complaint);
  assert.notEqual(String(await scene.serverField(name, 'fault')), '', 'a failed server tells why');
}

const skip = await reasonToSkip();

test('a server is booted while something breaks', { skip: skip ?? false }, async (t) => {
  const stack = await acquireStack((line) => t.diagnostic(line));
  try {
    const scene = new Scene(stack.deployment);
    for (const [n, disturbance] of disturbances.entries())
      await t.test(disturbance.what, (t) =>
        scene.leavingNothing(async () => {
          await bootUnder(t, scene, disturbance, `resilient-${n}`);
          await scene.remove(`resilient-${n}`);
        }),
      );
    await t.test('after all that a server boots as ever', () =>
      scene.leavingNothing(async () => {
        const { code, complaint } = await scene.boot('undisturbed');
        assert.equal(code, 0, complaint);
        await works(scene, 'undisturbed');
        await scene.remove('undisturbed');
      }),
    );
  } finally {
    await stack.release();
  }
});
