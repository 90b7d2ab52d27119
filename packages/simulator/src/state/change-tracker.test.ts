import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '../world/random.js';
import { Registry } from '../world/registry.js';
import { SlotTable } from '../world/slots.js';
import { ChangeTracker } from './change-tracker.js';
import { applyChange, type GraphChange, type GraphNode, GraphWriter, readGraph } from './graph.js';

interface Item {
  readonly uuid: string;
  size: number;
  other: Item | undefined;
  readonly tags: string[];
}

const item = (uuid: string): Item => ({ uuid, size: 0, other: undefined, tags: [] });

class Kept {
  readonly world = {
    random: new Random('world'),
    items: new Registry<Item>(new Random('order')),
    byName: new Map<string, Item>(),
    slots: new SlotTable(200, 4),
    set: new Set<number>(),
  };
  readonly nodes: GraphNode[] = [];
  readonly #changed = new Set<object>();
  readonly #writer: GraphWriter;

  constructor() {
    const tracker = new ChangeTracker((object) => this.#changed.add(object));
    this.#writer = new GraphWriter(this.world, (object) => tracker.track(object));
    this.#write([this.world]);
  }

  save(): number {
    const known = [...this.#changed].filter((object) => this.#writer.knows(object));
    this.#changed.clear();
    return this.#write(known);
  }

  #write(objects: Iterable<object>): number {
    const text = JSON.stringify(this.#writer.write(objects));
    const changes: GraphChange[] = JSON.parse(text);
    for (const change of changes) applyChange(this.nodes, change);
    return text.length;
  }
}

/** One of everything that happens to the objects of a world. */
function happen({ world }: Kept, random: Random, step: number): void {
  const items = [...world.items];
  const one = items[random.integer(0, Math.max(0, items.length - 1))];
  switch (random.integer(0, 9)) {
    case 0:
    case 1:
      world.byName.set(`n${step}`, world.items.add(item(`u${step}`)));
      break;
    case 2:
      if (one !== undefined) world.items.delete(one);
      break;
    case 3:
      if (one !== undefined) one.size += 1;
      break;
    case 4:
      if (one !== undefined) Object.assign(one, { other: items[0], size: step });
      break;
    case 5:
      one?.tags.push(`t${step}`);
      break;
    case 6:
      one?.tags.splice(0, 1, 'a', 'b');
      break;
    case 7:
      if (random.integer(0, 1) === 0) world.slots.takeNext('x');
      else world.slots.resize(world.slots.limit + 1);
      break;
    case 8:
      world.set.add(random.integer(0, 60));
      world.random.uint32();
      break;
    case 9:
      world.byName.delete([...world.byName.keys()][0] ?? '');
      world.set.delete(random.integer(0, 60));
      break;
  }
}

for (const seed of [1, 2, 3]) {
  test(`what was written and its changes make the same graph again, whatever happens (seed ${seed})`, () => {
    const kept = new Kept();
    const random = new Random(seed);
    for (let step = 0; step < 400; step += 1) {
      happen(kept, random, step);
      if (random.integer(0, 3) > 0) continue;
      kept.save();
      if (step % 20 > 0) continue;
      const copy = readGraph(kept.nodes) as Kept['world'];
      assert.deepEqual([...copy.items], [...kept.world.items].map((each) => structuredClone(each)));
      assert.deepEqual([...copy.byName], [...structuredClone(kept.world.byName)]);
      assert.deepEqual([...copy.set], [...kept.world.set]);
      assert.deepEqual(
        [copy.slots.limit, copy.slots.taken, copy.random.state],
        [kept.world.slots.limit, kept.world.slots.taken, kept.world.random.state],
      );
      for (const each of copy.items) assert.equal(copy.items.get(each.uuid), each);
    }
  });
}

test('a change writes what has changed, however much there is', () => {
  const sizes = [100, 3000].map((count) => {
    const kept = new Kept();
    for (let index = 0; index < count; index += 1) {
      kept.world.byName.set(`n${index}`, kept.world.items.add(item(`u${10_000 + index}`)));
    }
    kept.save();
    kept.world.byName.set('n20000', kept.world.items.add(item('u20000')));
    return kept.save();
  });
  const [few = 0, many = 0] = sizes;
  assert.ok(many < few + 50, `${few} and ${many} characters`);
});

test('tracked objects are the same ones and read as before', () => {
  const changed: object[] = [];
  const tracker = new ChangeTracker((object) => changed.push(object));
  const record = { a: 1, list: [1, 2], none: undefined };
  for (const object of [record, record.list, record]) tracker.track(object);
  assert.deepEqual(Object.keys(record), ['a', 'list', 'none']);
  assert.deepEqual({ ...record, list: [...record.list] }, { a: 1, list: [1, 2], none: undefined });
  assert.equal(JSON.stringify(record), '{"a":1,"list":[1,2]}');
  assert.deepEqual(structuredClone(record.list.map((each) => each * 2)), [2, 4]);
  record.a = 1;
  assert.deepEqual(changed, [], 'nothing has changed');
  record.a = 2;
  record.list.push(3);
  assert.equal(changed[0], record);
  assert.equal(changed[1], record.list);
  assert.throws(() => Object.assign(record, { more: 1 }), TypeError);
});
