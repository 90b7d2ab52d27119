import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSite, type SiteInput } from '@openstack-powervm/simulator';
import type { Vif } from '../../contract/index.js';
import { driverError } from '../../testing/expect.js';
import { exampleVif } from '../../testing/nova.js';
import { exampleCall, Rig, type RigOptions, removalOf } from '../../testing/rig.js';

const MB = 1024 * 1024;
const twoPorts = { ports: [{ label: 'data' }, { label: 'data' }] };

/** A system with two SR-IOV adapters of two ports each, all on physical network `data`. */
function withAdapters(
  sriovAdapters: SiteInput['systems'][number]['sriovAdapters'] = [twoPorts, twoPorts],
  rmc: 'active' | 'never' = 'active',
): RigOptions {
  return { simulator: { site: { ...defaultSite({ sriovAdapters }), guests: { rmc } } } };
}

const details = { vlan: '300', physical_network: 'data', redundancy: 2, capacity: null };

function vnicVif(parts: Record<string, unknown> = {}): Vif {
  return exampleVif({ type: 'pvm_sriov', vnicType: 'direct', details: { ...details, ...parts } });
}

async function deployed(rig: Rig, vifs: readonly Vif[] = []) {
  const params = await rig.deployment({ image: rig.images.add(MB), vifs: [...vifs] });
  await rig.driver.spawn(params, exampleCall());
  rig.requests.length = 0;
  return params;
}

async function running(rig: Rig, rmc: 'active' | 'inactive' = 'active') {
  const params = await deployed(rig);
  const { instance } = params;
  await rig.driver.powerOn({ instance, firstBoot: true, configDrive: true }, exampleCall());
  await rig.booted(instance, rmc);
  rig.requests.length = 0;
  return params;
}

const vnics = (rig: Rig) => rig.system.partitions.flatMap((partition) => partition.vnics);

/** What was sent to the agents: action, type, and the kind of object it is about. */
function announced(rig: Rig): string[] {
  return rig.requests
    .filter(({ method, path }) => method === 'PUT' && path.endsWith('/Event'))
    .map(({ requestBody = '' }) => {
      const { action, type } = JSON.parse(/\{.*\}/.exec(requestBody.replaceAll('&quot;', '"'))?.[0] ?? '{}');
      const kind = /(VirtualNICDedicated|ClientNetworkAdapter)\/[0-9a-f-]{36}/i.exec(requestBody)?.[1];
      return `${action} ${type} ${kind}`;
    });
}

test('N03 SRV-3 VIF-11 a server boots with two NICs of different kinds; redundancy 2 is two ports and two VIOSes', async () => {
  await using rig = await Rig.open(withAdapters());
  const vif = vnicVif({ capacity: 0.1, maxcapacity: 0.5 });
  const params = await rig.deployment({ image: rig.images.add(MB), vifs: [exampleVif(), vif] });
  await rig.driver.spawn(params, exampleCall());
  const partition = rig.partition(params.instance);
  assert.ok(partition?.adapters.some(({ portVlan }) => portVlan === 100));
  const [vnic, ...more] = partition?.vnics ?? [];
  assert.equal(more.length, 0);
  assert.deepEqual(
    { ...vnic, uuid: '', slot: 0, devices: [] },
    {
      ...{ uuid: '', slot: 0, devices: [], mac: vif.address.replaceAll(':', '').toUpperCase() },
      ...{ portVlan: 300, allowedVlans: 'NONE', allowedMacs: 'NONE' },
    },
  );
  const devices = vnic?.devices ?? [];
  assert.deepEqual(devices.map(({ vios }) => vios).toSorted(), ['vios1', 'vios2']);
  assert.deepEqual(devices.map(({ adapterId }) => adapterId).toSorted(), [1, 2]);
  assert.deepEqual(
    devices.map(({ capacity, maxCapacity, priority, active }) => [capacity, maxCapacity, priority, active]),
    [
      [10, 50, 50, true],
      [10, 50, 51, false],
    ],
  );
  assert.deepEqual(announced(rig).toSorted(), [
    'plug pvm_sea ClientNetworkAdapter',
    'plug pvm_sriov VirtualNICDedicated',
  ]);
});

test('N03 SRV-4 L-118 ports without link are avoided', async () => {
  const half = { ports: [{ label: 'data', linkUp: false }, { label: 'data' }] };
  await using rig = await Rig.open(withAdapters([half, half]));
  await deployed(rig, [vnicVif()]);
  assert.deepEqual(
    vnics(rig)[0]?.devices.map(({ portId }) => portId),
    [1, 1],
  );
});

test('SRV-10 B-50 a flat port is untagged; address pairs and missing port security open other MACs', async () => {
  await using rig = await Rig.open(withAdapters());
  const pairs = vnicVif({ vlan: null, allowed_macs: ['fa:16:3e:00:00:09'] });
  await deployed(rig, [pairs, vnicVif({ vlan: null, port_security: false })]);
  const seen = vnics(rig).map(({ portVlan, allowedMacs }) => `${portVlan} ${allowedMacs}`);
  assert.deepEqual(seen.toSorted(), ['0 ALL', '0 FA163E000009']);
});

test('SRV-4 vNICs made at the same time share the ports evenly', async () => {
  await using rig = await Rig.open(withAdapters());
  await Promise.all(Array.from({ length: 6 }, () => deployed(rig, [vnicVif()])));
  const used = new Map<string, number>();
  for (const { adapterId, portId } of vnics(rig).flatMap(({ devices }) => devices))
    used.set(`${adapterId}/${portId}`, (used.get(`${adapterId}/${portId}`) ?? 0) + 1);
  assert.deepEqual([...used.values()], [3, 3, 3, 3]);
});

test('N04 VIF-13 SRV-7 a vNIC is attached to and detached from a running guest; a second detach is success', async () => {
  await using rig = await Rig.open(withAdapters());
  const { instance } = await running(rig);
  const vif = vnicVif();
  await rig.driver.attachInterface({ instance, vif }, exampleCall());
  assert.equal(vnics(rig).length, 1);
  await rig.driver.detachInterface({ instance, vif }, exampleCall());
  await rig.driver.detachInterface({ instance, vif }, exampleCall());
  assert.equal(vnics(rig).length, 0);
  assert.deepEqual(announced(rig), [
    'plug pvm_sriov VirtualNICDedicated',
    'unplug pvm_sriov VirtualNICDedicated',
  ]);
});

test('VIF-3 DLPAR-1 without RMC no vNIC is attached to a running guest', async () => {
  await using rig = await Rig.open(withAdapters([twoPorts, twoPorts], 'never'));
  const { instance } = await running(rig, 'inactive');
  await assert.rejects(
    rig.driver.attachInterface({ instance, vif: vnicVif() }, exampleCall()),
    driverError('PVM_VIF_CREATE_REFUSED', 'RMC'),
  );
});

test('N07 VIF-2 VIF-4 L-109 plugging at start what is plugged already makes nothing', async () => {
  await using rig = await Rig.open(withAdapters());
  const { instance, vifs } = await deployed(rig, [exampleVif(), vnicVif()]);
  await rig.driver.plugVifs({ instance, vifs }, exampleCall());
  assert.deepEqual(rig.sent('PUT', 'POST', 'DELETE'), []);
});

test('A21 L-109 diagnostics name the MAC addresses of vNICs too', async () => {
  await using rig = await Rig.open(withAdapters());
  const vif = vnicVif();
  const { instance } = await deployed(rig, [vif]);
  const { nics } = await rig.driver.getInstanceDiagnostics({ instance }, exampleCall());
  assert.ok(nics.some(({ macAddress }) => macAddress === vif.address));
});

test('SRV-5 a wish that no host could meet is refused before anything is made', async () => {
  await using rig = await Rig.open(withAdapters());
  rig.requests.length = 0;
  for (const vif of [vnicVif({ capacity: 2 }), exampleVif({ details: {} })]) {
    const params = await rig.deployment({ image: rig.images.add(MB), vifs: [vif] });
    await assert.rejects(rig.driver.spawn(params, exampleCall()), driverError('PVM_VIF_PLUG_FAILED', vif.id));
  }
  assert.deepEqual(rig.sent('PUT', 'POST', 'DELETE'), []);
});

test('SRV-6 VIF-7 too few ports end the deployment with their names, and nothing stays behind', async () => {
  await using rig = await Rig.open(withAdapters([{ ports: [{ label: 'data' }, { label: 'other' }] }]));
  const before = rig.inventory();
  const vif = vnicVif();
  const params = await rig.deployment({ image: rig.images.add(MB), vifs: [exampleVif(), vif] });
  await assert.rejects(
    rig.driver.spawn(params, exampleCall()),
    driverError('PVM_VIF_PLUG_FAILED', vif.address, 'physical network data', 'needs 2 SR-IOV ports', '-T1'),
  );
  assert.deepEqual({ ...rig.inventory(), contents: [] }, { ...before, contents: [] });
  assert.deepEqual(announced(rig).toSorted(), [
    'plug pvm_sea ClientNetworkAdapter',
    'unplug pvm_sea ClientNetworkAdapter',
  ]);
});

test('VIF-7 when one of two interfaces cannot be plugged the other one goes again', async () => {
  await using rig = await Rig.open(withAdapters());
  const { instance } = await deployed(rig);
  const before = rig.partition(instance)?.adapters.length;
  const vifs = [exampleVif(), vnicVif(), vnicVif({ physical_network: 'nowhere' })];
  await assert.rejects(
    rig.driver.plugVifs({ instance, vifs }, exampleCall()),
    driverError('PVM_VIF_PLUG_FAILED', 'no SR-IOV port of sim1 has the label nowhere'),
  );
  assert.equal(rig.partition(instance)?.adapters.length, before);
  assert.deepEqual(vnics(rig), []);
});

test('VIF-9 a port whose binding is gone is unplugged by its MAC, whatever its kind', async () => {
  await using rig = await Rig.open(withAdapters());
  const vifs = [exampleVif(), vnicVif()];
  const { instance } = await deployed(rig, vifs);
  const before = rig.partition(instance)?.adapters.length ?? 0;
  const unbound = vifs.map((vif) => ({ ...vif, type: null, details: {} }));
  await rig.driver.unplugVifs({ instance, vifs: unbound }, exampleCall());
  assert.deepEqual(vnics(rig), []);
  assert.equal(rig.partition(instance)?.adapters.length, before - 1);
});

test('DESTROY-4 a removal gives the logical ports back', async () => {
  await using rig = await Rig.open(withAdapters([{ ports: [{ label: 'data', logicalPorts: 1 }] }]));
  const only = () => [vnicVif({ redundancy: 1 })];
  const first = await deployed(rig, only());
  await rig.driver.destroy(removalOf(first), exampleCall());
  await deployed(rig, only());
  assert.equal(vnics(rig).length, 1);
});

test('H04 RES-8 L-119 Nova hears of as many devices as the ports can have logical ports', async () => {
  const adapters = [
    { ports: [{ label: 'data', logicalPorts: 20 }, { logicalPorts: 4 }] },
    { mode: 'Dedicated' as const, ports: [{}] },
  ];
  await using rig = await Rig.open(withAdapters(adapters));
  const resource = await rig.driver.getAvailableResource({ nodename: 'aio' }, exampleCall());
  const devices: { physical_network: string }[] = JSON.parse(resource.pci_passthrough_devices);
  const networks = devices.map((device) => device.physical_network);
  assert.equal(networks.filter((name) => name === 'data').length, 20);
  assert.equal(networks.filter((name) => name === 'default').length, 4);
});

for (const [name, effect] of [
  ['refused', { kind: 'error', status: 409, message: 'refused' }],
  ['answer lost', { kind: 'reset', when: 'after' }],
  ['VIOS busy for good', { kind: 'vios-busy' }],
] as const)
  test(`SPAWN-14 VIF-7 VIF-10 each request of an attach fails (${name}): the vNIC is there, or nothing of it is`, async (t) => {
    const timing = { busyDelaysMs: [1, 1, 1], conflictDelayMs: () => 1, closeMs: 500 };
    await using rig = await Rig.open({ ...withAdapters(), timing });
    const { instance } = await deployed(rig);
    await rig.driver.attachInterface({ instance, vif: vnicVif() }, exampleCall());
    const points = rig.requests.filter(({ path }) => !path.includes('/Event?'));
    let refused = 0;
    for (const { method, path } of points) {
      if (method !== 'GET' && method !== 'PUT') continue;
      const before = vnics(rig).length;
      const faulty = (path.split('?')[0] ?? '').replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '*');
      const count = effect.kind === 'vios-busy' ? 4 : 1;
      rig.simulator.faults.add({ method, path: faulty, count, effect });
      const failure = await rig.driver.attachInterface({ instance, vif: vnicVif() }, exampleCall()).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      rig.simulator.faults.clear();
      if (failure) refused += 1;
      assert.equal(vnics(rig).length, failure ? before : before + 1, `${method} ${faulty}: ${failure}`);
    }
    t.diagnostic(`${points.length} requests, ${refused} attachments refused`);
  });
