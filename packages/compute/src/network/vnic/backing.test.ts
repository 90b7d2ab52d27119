import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ViosFacts } from '../../host/vios-facts.js';
import { exampleSriovAdapter, exampleSystem } from '../../testing/system.js';
import { type BackingSupply, chooseBacking, NoBacking } from './backing.js';
import type { VnicRequest } from './vnic-request.js';

const request = (parts: Partial<VnicRequest> = {}): VnicRequest => ({
  physicalNetwork: 'data',
  vlan: 100,
  mac: 'fa:16:3e:00:00:01',
  redundancy: 1,
  capacity: undefined,
  maxCapacity: undefined,
  allowedMacs: [],
  ...parts,
});

const vios = (id: string, parts: Partial<ViosFacts> = {}): ViosFacts => ({
  id,
  name: id,
  partitionId: 2,
  state: 'running',
  rmcState: 'active',
  isManagement: false,
  uptime: 10_000,
  vnicCapable: true,
  vnicFailoverCapable: true,
  ...parts,
});

const data = { label: 'data' };
const twoAdapters = [exampleSriovAdapter(1, [data, data]), exampleSriovAdapter(2, [data, data])];

function supply(parts: Partial<BackingSupply> & { adapters?: typeof twoAdapters } = {}): BackingSupply {
  const system = exampleSystem({ sriovAdapters: parts.adapters ?? twoAdapters });
  return { system, vioses: [vios('v1'), vios('v2')], random: () => 0, ...parts };
}

const ports = (wish: VnicRequest, given: BackingSupply) =>
  chooseBacking(wish, given).map(({ adapterId, portId }) => `${adapterId}/${portId}`);

const refuses = (wish: VnicRequest, given: BackingSupply, text: RegExp) =>
  assert.throws(
    () => chooseBacking(wish, given),
    (thrown) => thrown instanceof NoBacking && text.test(thrown.message),
  );

test('N03 SRV-4 redundancy 2 lands on two adapters and two VIOSes, the first one preferred', () => {
  assert.deepEqual(chooseBacking(request({ redundancy: 2 }), supply()), [
    { viosId: 'v1', adapterId: 1, portId: 0, priority: 50 },
    { viosId: 'v2', adapterId: 2, portId: 0, priority: 51 },
  ]);
});

test('SRV-4 more devices than VIOSes or adapters go round; each port is used once', () => {
  const chosen = chooseBacking(request({ redundancy: 4 }), supply());
  assert.deepEqual(
    chosen.map(({ viosId, adapterId }) => `${viosId} ${adapterId}`),
    ['v1 1', 'v2 2', 'v1 1', 'v2 2'],
  );
  assert.equal(new Set(chosen.map(({ adapterId, portId }) => `${adapterId}/${portId}`)).size, 4);
});

test('SRV-4 VIOSes are shuffled', () => {
  const ranks = [0.9, 0.1];
  const random = () => ranks.shift() ?? 0;
  assert.equal(chooseBacking(request(), supply({ random }))[0]?.viosId, 'v2');
});

test('SRV-4 the least allocated port comes first', () => {
  const adapters = [
    exampleSriovAdapter(1, [
      { ...data, allocatedCapacity: 6 },
      { ...data, allocatedCapacity: 4 },
    ]),
    exampleSriovAdapter(2, [{ ...data, allocatedCapacity: 8 }]),
  ];
  assert.deepEqual(ports(request(), supply({ adapters })), ['1/1']);
  assert.deepEqual(ports(request({ redundancy: 2 }), supply({ adapters })), ['1/1', '2/0']);
});

test('N03 SRV-4 ports without link, logical ports or capacity, and adapters that do not run, are left out', () => {
  const adapters = [
    exampleSriovAdapter(1, [
      { ...data, linkUp: false },
      { ...data, logicalPorts: 20 },
      { ...data, allocatedCapacity: 92 },
      { ...data, allocatedCapacity: 90 },
    ]),
    { ...exampleSriovAdapter(2, [data]), running: false },
  ];
  assert.deepEqual(ports(request({ capacity: 10 }), supply({ adapters })), ['1/3']);
  refuses(
    request({ capacity: 10, redundancy: 2 }),
    supply({ adapters }),
    /needs 2 SR-IOV ports labelled data, and sim1 has 1 with link and room: \S+-T1 has no link; \S+-T2 has all of its 20 logical ports; \S+-T3 has 0.08 of its capacity left; \S+-T4 is usable/,
  );
});

test('SRV-2 only ports labelled with the physical network count; no label is "default"', () => {
  const adapters = [exampleSriovAdapter(1, [{ label: 'other' }, { label: '' }])];
  assert.deepEqual(ports(request({ physicalNetwork: 'default' }), supply({ adapters })), ['1/1']);
  refuses(request(), supply({ adapters }), /no SR-IOV port of sim1 has the label data/);
});

test('SRV-4 VIOSes that can fail over push out those that cannot, also without redundancy', () => {
  const vioses = [vios('v1', { vnicFailoverCapable: false }), vios('v2')];
  assert.equal(chooseBacking(request(), supply({ vioses }))[0]?.viosId, 'v2');
  assert.deepEqual(
    chooseBacking(request({ redundancy: 2 }), supply({ vioses })).map(({ viosId }) => viosId),
    ['v2', 'v2'],
  );
});

test('SRV-4 without failover one device without priority is possible, two are not', () => {
  const vioses = [vios('v1', { vnicFailoverCapable: false })];
  assert.equal(chooseBacking(request(), supply({ vioses }))[0]?.priority, undefined);
  refuses(request({ redundancy: 2 }), supply({ vioses }), /no active Virtual I\/O Server of sim1 has/);
  const able = exampleSystem({ sriovAdapters: twoAdapters });
  const system = { ...able, capabilities: { ...able.capabilities, vnicFailover: false } };
  refuses(request({ redundancy: 2 }), supply({ system }), /failover, which sim1 lacks/);
});

test('SRV-4 a system or VIOSes that cannot have virtual NICs are an error', () => {
  const system = exampleSystem({ sriovAdapters: twoAdapters, capabilities: undefined });
  refuses(request(), supply({ system }), /sim1 cannot have virtual NICs/);
  const vioses = [vios('v1', { vnicCapable: false })];
  refuses(request(), supply({ vioses }), /no active Virtual I\/O Server of sim1 can back/);
});

test('SRV-5 a capacity that is no multiple of the granularity is refused, naming the port', () => {
  refuses(request({ capacity: 3 }), supply(), /capacity 0.03 is not a multiple of 0.02.*-P1-C1-T1/);
  assert.equal(chooseBacking(request({ capacity: 14 }), supply()).length, 1);
});

test('SRV-4 SRV-6 whatever the ports are like: a choice has distinct usable ports spread over adapters, or there are too few', () => {
  const port = fc.record({
    label: fc.constantFrom('data', 'other'),
    linkUp: fc.boolean(),
    logicalPorts: fc.integer({ min: 18, max: 20 }),
    allocatedCapacity: fc.integer({ min: 0, max: 50 }).map((half) => half * 2),
  });
  const system = fc.array(fc.array(port, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(system, fc.integer({ min: 1, max: 6 }), (given, redundancy) => {
      const adapters = given.map((each, index) => exampleSriovAdapter(index + 1, each));
      const usable = adapters.flatMap(({ adapterId, ports: all }) =>
        all
          .filter((one) => one.label === 'data' && one.linkUp && one.logicalPorts < 20)
          .filter((one) => one.allocatedCapacity <= 98)
          .map(({ portId }) => `${adapterId}/${portId}`),
      );
      if (usable.length < redundancy) {
        refuses(request({ redundancy }), supply({ adapters }), /no SR-IOV port|needs \d SR-IOV ports/);
        return;
      }
      const chosen = ports(request({ redundancy }), supply({ adapters }));
      assert.equal(new Set(chosen).size, redundancy);
      assert.ok(chosen.every((each) => usable.includes(each)));
      const on = (adapterId: number) => chosen.filter((each) => each.startsWith(`${adapterId}/`)).length;
      const most = Math.max(...adapters.map(({ adapterId }) => on(adapterId)));
      for (const { adapterId } of adapters) {
        const left = usable.filter((each) => each.startsWith(`${adapterId}/`)).length - on(adapterId);
        assert.ok(left === 0 || on(adapterId) >= most - 1, `${chosen} of ${usable}`);
      }
    }),
  );
});
