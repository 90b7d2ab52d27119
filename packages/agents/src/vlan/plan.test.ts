import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  type Bridge,
  bridgeOf,
  type Change,
  type OrphanTrunk,
  serves,
  type Topology,
  type Trunk,
  trunksOf,
} from './model.js';
import { planEnsure, planRemove } from './plan.js';

const trunk = (pvid: number, ...tagged: number[]): Trunk => ({ pvid, tagged });

const bridge = (
  id: string,
  primary: Trunk,
  additional: readonly Trunk[] = [],
  more: Partial<Bridge> = {},
): Bridge => ({
  id,
  name: `ent-${id}`,
  adapters: [],
  switchId: 0,
  loadBalancing: false,
  primary,
  additional,
  ...more,
});

const orphan = (pvid: number, tagged: number[] = [], switchId = 0): OrphanTrunk => ({
  ...trunk(pvid, ...tagged),
  switchId,
  vios: 'vios1',
  device: 'ent9',
});

const topology = (bridges: Bridge[], orphans: OrphanTrunk[] = []): Topology => ({ bridges, orphans });
const full = (pvid: number, first: number): Trunk =>
  trunk(pvid, ...Array.from({ length: 20 }, (_, n) => first + n));

interface Case {
  readonly name: string;
  readonly topology: Topology;
  readonly vlans?: readonly number[];
  readonly changes?: readonly (readonly [string, Change])[];
  readonly refused?: RegExp;
  readonly spread?: boolean;
}

/** Every case brings VLANs, 100 unless it says otherwise, to bridge A. */
const cases: readonly Case[] = [
  {
    name: 'the untagged VLAN of the bridge is served already',
    topology: topology([bridge('A', trunk(100))]),
    changes: [],
  },
  {
    name: 'a VLAN tagged on the primary trunk is served already',
    topology: topology([bridge('A', trunk(1, 100))]),
    changes: [],
  },
  {
    name: 'a VLAN tagged on another trunk is served already',
    topology: topology([bridge('A', trunk(1), [trunk(4094, 100)])]),
    changes: [],
  },
  {
    name: 'the first VLAN opens a trunk with the highest unused PVID',
    topology: topology([bridge('A', trunk(1))]),
    changes: [['A', { kind: 'add-trunk', trunk: 4094, vlan: 100 }]],
  },
  {
    name: 'the primary trunk is never used, however empty',
    topology: topology([bridge('A', trunk(1), [trunk(4094, 7)])]),
    changes: [['A', { kind: 'add-vlan', trunk: 4094, vlan: 100 }]],
  },
  {
    name: 'the emptiest trunk is taken',
    topology: topology([bridge('A', trunk(1), [trunk(4094, 2, 3), trunk(4093, 4), trunk(4092, 5, 6)])]),
    changes: [['A', { kind: 'add-vlan', trunk: 4093, vlan: 100 }]],
  },
  {
    name: 'full trunks open another one',
    topology: topology([bridge('A', trunk(1), [full(4094, 200)])]),
    changes: [['A', { kind: 'add-trunk', trunk: 4093, vlan: 100 }]],
  },
  {
    name: 'fifteen full trunks are exhausted',
    topology: topology([
      bridge(
        'A',
        trunk(1),
        Array.from({ length: 15 }, (_, n) => full(4094 - n, 200 + 20 * n)),
      ),
    ]),
    refused: /VLAN 100 .*bridge ent-A: its 15 additional trunk adapters carry 20 VLANs each/,
  },
  {
    name: 'with load balancing a lone trunk with room gets a partner',
    topology: topology([bridge('A', trunk(1), [trunk(4094, 7)], { loadBalancing: true })]),
    changes: [['A', { kind: 'add-trunk', trunk: 4093, vlan: 100 }]],
  },
  {
    name: 'with load balancing an even number of trunks is filled',
    topology: topology([bridge('A', trunk(1), [trunk(4094, 7), full(4093, 200)], { loadBalancing: true })]),
    changes: [['A', { kind: 'add-vlan', trunk: 4094, vlan: 100 }]],
  },
  {
    name: 'with load_balance_vlan_across_veas every VLAN opens a trunk while it can',
    topology: topology([bridge('A', trunk(1), [trunk(4094, 7)])]),
    spread: true,
    changes: [['A', { kind: 'add-trunk', trunk: 4093, vlan: 100 }]],
  },
  {
    name: 'a peer gives the VLAN up first',
    topology: topology([
      bridge('A', trunk(1), [trunk(4094, 7)]),
      bridge('B', trunk(2), [trunk(4093, 8, 100)]),
    ]),
    changes: [
      ['B', { kind: 'remove-vlan', trunk: 4093, vlan: 100 }],
      ['A', { kind: 'add-vlan', trunk: 4094, vlan: 100 }],
    ],
  },
  {
    name: 'a peer’s trunk goes with its last VLAN',
    topology: topology([bridge('A', trunk(1), [trunk(4094, 7)]), bridge('B', trunk(2), [trunk(4093, 100)])]),
    changes: [
      ['B', { kind: 'remove-trunk', trunk: 4093, vlan: 100 }],
      ['A', { kind: 'add-vlan', trunk: 4094, vlan: 100 }],
    ],
  },
  {
    name: 'a VLAN on the peer’s primary trunk stays there',
    topology: topology([bridge('A', trunk(1), [trunk(4094, 7)]), bridge('B', trunk(2, 100))]),
    changes: [['A', { kind: 'add-vlan', trunk: 4094, vlan: 100 }]],
  },
  {
    name: 'the untagged VLAN of a peer is refused',
    topology: topology([bridge('A', trunk(1)), bridge('B', trunk(100))]),
    refused: /untagged VLAN of ent-B/,
  },
  {
    name: 'a bridge on another switch is no peer',
    topology: topology([
      bridge('A', trunk(1), [trunk(4094, 7)]),
      bridge('B', trunk(100), [], { switchId: 1 }),
    ]),
    changes: [['A', { kind: 'add-vlan', trunk: 4094, vlan: 100 }]],
  },
  {
    name: 'the filler PVID of an own trunk is moved, not to a VLAN that is asked for or used',
    topology: topology([bridge('A', trunk(1), [trunk(100, 7)])], [orphan(4093, [4092])]),
    vlans: [100, 4094],
    changes: [
      ['A', { kind: 'move-pvid', trunk: 100, to: 4091 }],
      ['A', { kind: 'add-vlan', trunk: 4091, vlan: 100 }],
      ['A', { kind: 'add-vlan', trunk: 4091, vlan: 4094 }],
    ],
  },
  {
    name: 'the filler PVID of a peer is moved, too',
    topology: topology([bridge('A', trunk(1), [trunk(4094, 7)]), bridge('B', trunk(2), [trunk(100, 8)])]),
    changes: [
      ['B', { kind: 'move-pvid', trunk: 100, to: 4093 }],
      ['A', { kind: 'add-vlan', trunk: 4094, vlan: 100 }],
    ],
  },
  {
    name: 'a VLAN on an orphan is refused, and the peer keeps it',
    topology: topology(
      [bridge('A', trunk(1)), bridge('B', trunk(2), [trunk(4094, 100)])],
      [orphan(3, [100])],
    ),
    refused: /trunk adapter ent9 on vios1, which is in no bridge, carries it/,
  },
  {
    name: 'an orphan on another switch does not matter',
    topology: topology([bridge('A', trunk(1), [trunk(4094, 7)])], [orphan(100, [], 1)]),
    changes: [['A', { kind: 'add-vlan', trunk: 4094, vlan: 100 }]],
  },
  {
    name: 'VLAN 0 is none',
    topology: topology([bridge('A', trunk(1))]),
    vlans: [0],
    refused: /not a VLAN from 1 to 4094/,
  },
  {
    name: 'a refused VLAN does not keep the others',
    topology: topology([bridge('A', trunk(1), [trunk(4094, 7)])], [orphan(100)]),
    vlans: [99, 100, 101],
    changes: [
      ['A', { kind: 'add-vlan', trunk: 4094, vlan: 99 }],
      ['A', { kind: 'add-vlan', trunk: 4094, vlan: 101 }],
    ],
    refused: /VLAN 100/,
  },
];

describe('SEAA-5 ensure VLANs', () => {
  for (const { name, topology: given, vlans = [100], changes = [], refused, spread = false } of cases) {
    test(name, () => {
      const plan = planEnsure(given, 'A', vlans, { spread });
      assert.deepEqual(
        plan.changes,
        changes.map(([id, change]) => ({ bridge: id, change })),
      );
      const messages = [...plan.refused.values()].map((error) => error.message);
      if (refused) assert.match(messages.join('\n'), refused);
      else assert.deepEqual(messages, []);
    });
  }

  test('three hundred VLANs fill fifteen trunks, the next is refused', () => {
    const vlans = Array.from({ length: 301 }, (_, n) => n + 2);
    const plan = planEnsure(topology([bridge('A', trunk(1))]), 'A', vlans);
    const { additional } = bridgeOf(plan.result, 'A');
    assert.equal(additional.length, 15);
    assert.ok(additional.every((each) => each.tagged.length === 20));
    assert.deepEqual([...plan.refused.keys()], [302]);
  });
});

test('a VLAN that a network on a peer uses is refused, not fought over', () => {
  const given = topology([bridge('A', trunk(1)), bridge('B', trunk(2), [trunk(4094, 100)])]);
  const plan = planEnsure(given, 'A', [100, 101], { inUse: new Map([['B', new Set([100])]]) });
  assert.match(plan.refused.get(100)?.message ?? '', /VLAN 100 .*a network on ent-B.*uses it/);
  assert.deepEqual(plan.changes, [{ bridge: 'A', change: { kind: 'add-trunk', trunk: 4093, vlan: 101 } }]);
});

describe('SEAA-8, SEAA-9 remove VLANs', () => {
  const remove = (given: Topology, ...vlans: number[]) =>
    planRemove(given, 'A', vlans).changes.map(({ change }) => change);

  test('from its trunk, and the trunk with its last VLAN', () => {
    const given = topology([bridge('A', trunk(1), [trunk(4094, 100, 101)])]);
    assert.deepEqual(remove(given, 100), [{ kind: 'remove-vlan', trunk: 4094, vlan: 100 }]);
    assert.deepEqual(remove(given, 100, 101), [
      { kind: 'remove-vlan', trunk: 4094, vlan: 100 },
      { kind: 'remove-trunk', trunk: 4094, vlan: 101 },
    ]);
  });

  test('with load balancing the last additional trunk stays', () => {
    const given = topology([bridge('A', trunk(1), [trunk(4094, 100)], { loadBalancing: true })]);
    assert.deepEqual(remove(given, 100), [{ kind: 'remove-vlan', trunk: 4094, vlan: 100 }]);
  });

  test('what the primary trunk carries stays, also without any other trunk', () => {
    assert.deepEqual(remove(topology([bridge('A', trunk(1, 100))]), 1, 100), []);
  });

  test('a filler PVID is swapped', () => {
    const given = topology([bridge('A', trunk(1), [trunk(100, 7)])]);
    assert.deepEqual(remove(given, 100), [{ kind: 'move-pvid', trunk: 100, to: 4094 }]);
  });

  test('a VLAN that is not there changes nothing', () => {
    assert.deepEqual(remove(topology([bridge('A', trunk(1), [trunk(4094, 7)])]), 100), []);
  });
});

/** Bridges on two switches whose VLANs do not overlap within a switch, as the platform keeps them. */
const anyTopology: fc.Arbitrary<Topology> = fc
  .record({
    pool: fc.uniqueArray(fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 4060, max: 4094 })), {
      minLength: 24,
      maxLength: 60,
    }),
    shape: fc.array(
      fc.record({
        switchId: fc.integer({ min: 0, max: 1 }),
        loadBalancing: fc.boolean(),
        primary: fc.integer({ min: 0, max: 3 }),
        additional: fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 4 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    orphans: fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 2 }),
  })
  .map(({ pool, shape, orphans }) => {
    const rest = [...pool];
    const take = (count: number): number[] => rest.splice(0, count).sort((a, b) => a - b);
    const next = (fallback: number): number => rest.shift() ?? fallback;
    const bridges = shape.map(({ primary, additional, ...more }, n) =>
      bridge(
        String.fromCharCode(65 + n),
        trunk(next(2000 + n), ...take(primary)),
        additional.map((count, m) => trunk(next(3000 + 10 * n + m), ...take(count))),
        more,
      ),
    );
    return topology(
      bridges,
      orphans.map((switchId, n) => orphan(next(3500 + n), take(2), switchId)),
    );
  });

const anyVlans = fc.uniqueArray(
  fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 4060, max: 4094 })),
  {
    maxLength: 30,
  },
);

/** What may never be violated, whatever is asked for. */
function assertSound(before: Topology, result: Topology): void {
  for (const each of result.bridges) {
    const old = bridgeOf(before, each.id);
    assert.deepEqual(each.primary, old.primary, 'the primary trunk never changes');
    assert.ok(each.additional.length <= Math.max(15, old.additional.length));
    assert.ok(each.additional.every((one) => one.tagged.length <= 20));
  }
  for (const switchId of [0, 1]) {
    const used = result.bridges
      .filter((each) => each.switchId === switchId)
      .flatMap((each) => each.additional)
      .flatMap((one) => [one.pvid, ...one.tagged]);
    assert.equal(new Set(used).size, used.length, `a VLAN is twice on switch ${switchId}: ${used}`);
  }
}

describe('the planner, on any topology', () => {
  test('SEAA-5 ensured VLANs are served, refused ones change nothing, nothing is used twice', () => {
    fc.assert(
      fc.property(anyTopology, anyVlans, fc.boolean(), (given, vlans, spread) => {
        const plan = planEnsure(given, 'A', vlans, { spread });
        const result = bridgeOf(plan.result, 'A');
        for (const vlan of vlans) assert.equal(serves(result, vlan), !plan.refused.has(vlan), `VLAN ${vlan}`);
        for (const vlan of trunksOf(bridgeOf(given, 'A')).flatMap((one) => one.tagged))
          assert.ok(serves(result, vlan));
        assertSound(given, plan.result);
        assert.deepEqual(
          planEnsure(plan.result, 'A', vlans, { spread }).changes,
          [],
          'a second time there is nothing to do',
        );
      }),
      { numRuns: 500 },
    );
  });

  test('SEAA-8 removal leaves the primary trunk and all other VLANs alone', () => {
    fc.assert(
      fc.property(anyTopology, anyVlans, (given, vlans) => {
        const plan = planRemove(given, 'A', vlans);
        const old = bridgeOf(given, 'A');
        const result = bridgeOf(plan.result, 'A');
        for (const vlan of vlans)
          if (serves(result, vlan))
            assert.ok(
              trunksOf({ ...old, additional: [] }).some(
                (one) => one.pvid === vlan || one.tagged.includes(vlan),
              ),
            );
        for (const vlan of trunksOf(old).flatMap((one) => one.tagged))
          if (!vlans.includes(vlan)) assert.ok(serves(result, vlan), `VLAN ${vlan} was taken along`);
        assertSound(given, plan.result);
      }),
      { numRuns: 500 },
    );
  });
});
