import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  type Init,
  LogicalPartition,
  ManagedSystem,
  SRIOVEthernetLogicalPort,
  VirtualIOServer,
  VirtualNICDedicated,
} from '@openstack-powervm/rest';
import { twoHostSite } from '../site/two-host-site.js';
import { createPartition, openClient, refused, viosNamed } from '../testing/client.js';

async function openAdapters(t: TestContext) {
  const { session } = await openClient(t, { site: twoHostSite() });
  const guest = await createPartition(session, 'guest');
  const system = async () => {
    const [found] = await session.list(ManagedSystem);
    assert.ok(found !== undefined);
    return found;
  };
  const port = async (adapter: number, id: number) => {
    const adapters = (await system()).value.associatedSystemIOConfiguration?.sriovAdapters.toArray() ?? [];
    const found = adapters.find(({ sriovAdapter }) => sriovAdapter?.sriovAdapterID === adapter)?.sriovAdapter;
    return found?.ethernetPhysicalPorts.find((candidate) => candidate.physicalPortID === id);
  };
  return { session, guest, system, port };
}

test('SR-IOV: logical ports take capacity in steps of the granularity, up to 100 %', async (t) => {
  const { session, guest, port } = await openAdapters(t);
  const parent = { type: LogicalPartition, id: guest.id };
  const create = (init: Init<typeof SRIOVEthernetLogicalPort>) =>
    session.create(SRIOVEthernetLogicalPort, { adapterID: 1, physicalPortID: 0, ...init }, { parent });
  const first = await create({ isPromiscous: true, configuredCapacity: 60 });
  assert.match(first.value.locationCode ?? '', /-T1-S1$/);
  assert.equal(first.value.vnicPortUsage, 'NOT_VNIC');
  assert.equal((await port(1, 0))?.allocatedCapacity, 60);
  assert.match(await refused(create({ configuredCapacity: 3 }), 400), /multiple of 2/);
  assert.match(await refused(create({ configuredCapacity: 42 }), 409), /40 % capacity left/);
  assert.match(await refused(create({ isPromiscous: true }), 409), /promiscuous/);
  assert.match(await refused(create({ adapterID: 9 }), 404), /no SR-IOV adapter 9/);
  await create({ configuredCapacity: 40 });
  await session.delete(await session.refresh(first));
  const free = await port(1, 0);
  assert.deepEqual([free?.allocatedCapacity, free?.configuredEthernetLogicalPorts], [40, 1]);
});

test('NET: a vNIC is backed by logical ports of two VIOSes, one of them active, and takes them with it', async (t) => {
  const { session, guest, port } = await openAdapters(t);
  const vioses = await Promise.all(['vios1', 'vios2'].map((name) => viosNamed(session, name)));
  const device = (index: number, adapter: number, failOverPriority: number) => ({
    virtualNICSRIOVBackingDevice: [
      {
        associatedVirtualIOServer: `${session.endpoint}/rest/api/uom/VirtualIOServer/${vioses[index]?.id}`,
        failOverPriority,
        relatedSRIOVAdapterID: adapter,
        relatedSRIOVPhysicalPortID: 0,
        currentCapacityPercentage: 10,
      },
    ],
  });
  const parent = { type: LogicalPartition, id: guest.id };
  const create = (devices: ReturnType<typeof device>[]) =>
    session.create(
      VirtualNICDedicated,
      {
        useNextAvailableHighSlotID: true,
        details: { portVLANID: 12, allowedVLANIDs: 'NONE', macAddress: 'FA163E000001' },
        associatedBackingDevices: devices,
      },
      { parent },
    );
  const { value, ...vnic } = await create([device(0, 1, 50), device(1, 2, 40)]);
  assert.equal(value.virtualSlotNumber, 63);
  assert.equal(value.details?.macAddress, 'FA163E000001');
  const backing = value.associatedBackingDevices.map((choice) =>
    choice.virtualNICSRIOVBackingDevice.toArray(),
  );
  assert.deepEqual(
    backing
      .flat()
      .map(({ isActive, status, currentCapacityPercentage }) => [
        isActive,
        status,
        currentCapacityPercentage,
      ]),
    [
      [false, 'OPERATIONAL', 10],
      [true, 'OPERATIONAL', 10],
    ],
  );
  const [first] = vioses;
  assert.ok(first !== undefined);
  const ports = await session.list(SRIOVEthernetLogicalPort, {
    parent: { type: VirtualIOServer, id: first.id },
  });
  assert.deepEqual(
    ports.map((logical) => logical.value.vnicPortUsage),
    ['DEDICATED_VNIC'],
  );
  assert.match(
    await refused(
      session.delete({
        type: SRIOVEthernetLogicalPort,
        id: ports[0]?.id ?? '',
        parent: { type: VirtualIOServer, id: first.id },
      }),
      409,
    ),
    /backs a vNIC/,
  );
  assert.equal((await port(2, 0))?.allocatedCapacity, 10);
  const repost = async (devices: ReturnType<typeof device>[]) => {
    const fresh = await session.get(VirtualNICDedicated, vnic.id, { parent });
    const { value: now } = await session.update(fresh, ({ associatedBackingDevices: list }) => {
      list.removeWhere(() => true);
      for (const each of devices) list.add(each);
    });
    const found = now.associatedBackingDevices.map((choice) => choice.virtualNICSRIOVBackingDevice.toArray());
    return found.flat().map((each) => [each.relatedSRIOVAdapterID, each.failOverPriority, each.isActive]);
  };
  assert.deepEqual(await repost([device(0, 1, 10), device(1, 2, 40)]), [
    [1, 10, true],
    [2, 40, false],
  ]);
  assert.deepEqual(await repost([device(1, 2, 40)]), [[2, 40, true]]);
  assert.equal((await port(1, 0))?.allocatedCapacity, 0);
  assert.match(await refused(repost([device(0, 9, 10), device(1, 2, 40)]), 404), /no SR-IOV adapter 9/);
  assert.equal((await port(2, 0))?.allocatedCapacity, 10);
  assert.equal((await repost([device(0, 1, 50), device(1, 2, 40)])).length, 2);
  const full = create([device(0, 1, 50), device(1, 1, 40)]);
  assert.match(await refused(full, 400), /same physical port/);
  assert.equal((await port(1, 0))?.allocatedCapacity, 10);
  await session.delete({ type: VirtualNICDedicated, id: vnic.id, parent });
  assert.equal((await port(1, 0))?.allocatedCapacity, 0);
});

test('labels of ports change by posting the managed system; a used adapter stays shared', async (t) => {
  const { session, guest, system, port } = await openAdapters(t);
  await session.update(await system(), ({ associatedSystemIOConfiguration: io }) => {
    for (const { sriovAdapter } of io?.sriovAdapters ?? [])
      for (const each of sriovAdapter?.ethernetPhysicalPorts ?? []) each.label = 'tenants';
  });
  assert.equal((await port(2, 1))?.label, 'tenants');
  const parent = { type: LogicalPartition, id: guest.id };
  await session.create(SRIOVEthernetLogicalPort, { adapterID: 1, physicalPortID: 0 }, { parent });
  const dedicate = async () =>
    session.update(await system(), ({ associatedSystemIOConfiguration: io }) => {
      for (const { sriovAdapter } of io?.sriovAdapters ?? [])
        if (sriovAdapter !== undefined) sriovAdapter.adapterMode = 'Dedicated';
    });
  assert.match(await refused(dedicate(), 409), /has logical ports/);
  await session.delete(await session.refresh(guest));
  await dedicate();
  const adapters = (await system()).value.associatedSystemIOConfiguration?.sriovAdapters.toArray() ?? [];
  assert.deepEqual(
    adapters.map(({ sriovAdapter }) => [sriovAdapter?.adapterState, sriovAdapter?.sriovAdapterID]),
    [
      ['NotConfigured', undefined],
      ['NotConfigured', undefined],
    ],
  );
});
