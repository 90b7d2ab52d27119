import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FaultRuleInput } from '@openstack-powervm/simulator';
import type { SpawnParams } from '../contract/index.js';
import { DriverError } from '../errors/index.js';
import { exampleCall, Rig, type RigOptions, removalOf } from '../testing/rig.js';

const MB = 1024 * 1024;

/** Waits of the REST client and of the driver, made short. */
const options: RigOptions = {
  clock: { now: () => performance.now(), sleep: async () => {} },
  timing: { busyDelaysMs: [1, 1, 1], conflictDelayMs: () => 1, jobPollFirstMs: 5, closeMs: 500 },
};

const effects: Readonly<Record<string, FaultRuleInput['effect']>> = {
  refused: { kind: 'error', status: 409, message: 'refused' },
  'broken inside': { kind: 'error', status: 500, message: 'broken inside' },
  busy: { kind: 'vios-busy' },
  'changed by another': { kind: 'error', status: 412, message: 'changed' },
  'session expired': { kind: 'expire-session' },
  'reset before': { kind: 'reset', when: 'before' },
  'reset after': { kind: 'reset', when: 'after' },
};

/** `POWERVM_FAULTS=all` runs the whole campaign (minutes); otherwise the two most telling effects. */
const campaign = process.env['POWERVM_FAULTS'] === 'all' ? Object.keys(effects) : ['refused', 'reset after'];

interface Point {
  readonly method: FaultRuleInput['method'];
  readonly path: string;
  readonly skip: number;
}

/** A deployment with its image in the cache already: an image is uploaded once, not at each deployment. */
async function prepared(): Promise<{ rig: Rig; params: SpawnParams }> {
  const rig = await Rig.open(options);
  const image = rig.images.add(MB);
  const imageAccess = { endpoint: 'http://127.0.0.1:9292', token: 'not a real one' };
  await rig.driver.cacheImage({ image, imageAccess }, exampleCall());
  return { rig, params: await rig.deployment({ image }) };
}

const spawn = ({ driver }: Rig, params: SpawnParams) => driver.spawn(params, exampleCall());
const destroy = ({ driver }: Rig, params: SpawnParams) => driver.destroy(removalOf(params), exampleCall());

/** Every request of an operation, as something a fault rule can name. */
async function pointsOf(
  before: typeof spawn | undefined,
  operation: typeof spawn | typeof destroy,
): Promise<Point[]> {
  const { rig, params } = await prepared();
  await using _ = rig;
  await before?.(rig, params);
  rig.requests.length = 0;
  await operation(rig, params);
  const seen = new Map<string, number>();
  return rig.requests
    .filter(({ path }) => !path.includes('/Event?'))
    .map(({ method, path }) => {
      const pattern = (path.split('?')[0] ?? '')
        .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '*')
        .replace(/jobs\/\d+/, 'jobs/*');
      const skip = seen.get(`${method} ${pattern}`) ?? 0;
      seen.set(`${method} ${pattern}`, skip + 1);
      return { method: methodOf(method), path: pattern, skip };
    });
}

function effectOf(name: string): FaultRuleInput['effect'] {
  const effect = effects[name];
  if (!effect) throw new Error(`no effect is called ${name}`);
  return effect;
}

function methodOf(method: string): Point['method'] {
  if (method === 'GET' || method === 'PUT' || method === 'POST' || method === 'DELETE') return method;
  throw new Error(`no fault can be injected into ${method}`);
}

/** Everything that a deployment makes. Descriptors of files are the REST client's own, see its tests. */
function made(rig: Rig) {
  const { partitions, mappings, contents } = rig.inventory();
  return { partitions, mappings, contents };
}

for (const name of campaign)
  test(`SPAWN-14 every request of a deployment fails once (${name}): it succeeds or leaves nothing behind`, async (t) => {
    const points = await pointsOf(undefined, spawn);
    let failed = 0;
    for (const point of points) {
      const { rig, params } = await prepared();
      await using _ = rig;
      const before = made(rig);
      rig.simulator.faults.add({ ...point, count: 1, effect: effectOf(name) });
      const where = `${point.method} ${point.path} #${point.skip}`;
      const error = await spawn(rig, params).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (error === undefined) {
        assert.equal(rig.mappingsOf(params.instance).length, 2, where);
        continue;
      }
      failed += 1;
      assert.ok(error instanceof DriverError, `${where}: ${error}`);
      assert.deepEqual(made(rig), before, where);
    }
    t.diagnostic(`${points.length} faults, ${failed} deployments refused, 0 leaks`);
  });

for (const name of campaign)
  test(`DESTROY-6 every request of a removal fails once (${name}): the next removal leaves nothing behind`, async (t) => {
    const points = await pointsOf(async (rig, params) => spawn(rig, params), destroy);
    for (const point of points) {
      const { rig, params } = await prepared();
      await using _ = rig;
      const before = made(rig);
      await spawn(rig, params);
      rig.simulator.faults.add({ ...point, count: 1, effect: effectOf(name) });
      const error = await destroy(rig, params).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      assert.ok(error === undefined || error instanceof DriverError, String(error));
      await destroy(rig, params);
      assert.deepEqual(made(rig), before, `${point.method} ${point.path} #${point.skip}`);
    }
    t.diagnostic(`${points.length} faults, 0 leaks`);
  });
