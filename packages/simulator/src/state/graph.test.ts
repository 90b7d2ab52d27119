import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NumberPool } from '../world/number-pool.js';
import { Random } from '../world/random.js';
import { Registry } from '../world/registry.js';
import { SlotTable } from '../world/slots.js';
import { type GraphNode, readGraph, writeGraph } from './graph.js';

const copyOf = (root: object): unknown => readGraph(JSON.parse(JSON.stringify(writeGraph(root))));

test('circles, shared objects, maps, sets and missing values come back as they were', () => {
  const shared = { name: 'shared', nothing: undefined, none: null };
  const root = {
    list: [shared, [1, 2.5, true, '']],
    map: new Map([[shared, new Set(['a'])]]),
    self: {},
  };
  root.self = root;
  const copy = copyOf(root);
  assert.deepEqual(copy, root);
  assert.ok(typeof copy === 'object' && copy !== null && 'self' in copy && copy.self === copy);
});

test('random streams, pools, slots and registries go on where they stood', () => {
  const random = new Random(7);
  const registry = new Registry<{ uuid: string; of: unknown }>(random.stream('order'));
  for (const uuid of ['A', 'B', 'C']) registry.add({ uuid, of: registry });
  const pool = new NumberPool();
  for (let count = 0; count < 3; count += 1) pool.next();
  pool.release(1);
  const slots = new SlotTable(20, 4);
  slots.take(4, 'x');
  random.uint32();
  const root = { random, registry, pool, slots };
  const copy = copyOf(root) as typeof root;
  assert.deepEqual(
    [...copy.registry].map(({ uuid }) => uuid),
    [...registry].map(({ uuid }) => uuid),
  );
  assert.equal(copy.registry.get('b')?.of, copy.registry);
  assert.equal(copy.random.uint32(), random.uint32());
  assert.equal(copy.pool.next(), 1);
  assert.equal(copy.slots.takeNext('x'), 5);
});

test('that something can be called off is kept, any other function is told with its path', () => {
  const { actions } = copyOf({ actions: new Set([() => assert.fail('of an earlier process')]) }) as {
    actions: Set<() => void>;
  };
  assert.equal(actions.size, 1);
  for (const callOff of actions) callOff();
  assert.throws(() => writeGraph({ a: [{ b: () => {} }] }), /state\.a\.0\.b cannot be saved/);
  assert.throws(() => writeGraph({ when: new Date() }), /state\.when is of a class/);
});

test('nodes that lead nowhere are refused', () => {
  const broken: GraphNode[] = [{ a: [9] }];
  assert.throws(() => readGraph(broken), /no object 9/);
  assert.throws(() => readGraph([['Date', [], []]]), /a Date, which is unknown/);
});
