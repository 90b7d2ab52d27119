import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogicalPartition, ManagedSystem, SRIOVEthernetLogicalPort } from '@openstack-powervm/rest';
import { defaultSite } from '../site/default-site.js';
import { createPartition, openClient, refused } from '../testing/client.js';

const sriovAdapters = [
  { ports: [{ type: 'Converged' as const }, { label: 'data' }, { type: 'RoCE' as const, label: 'fast' }] },
];

test('SR-IOV: converged and RoCE ports stand in lists of their own and carry Ethernet', async (t) => {
  const { session } = await openClient(t, { site: defaultSite({ sriovAdapters }) });
  const system = async () => {
    const [found] = await session.list(ManagedSystem);
    assert.ok(found !== undefined);
    return found;
  };
  const adapterOf = (value: ManagedSystem) => {
    const adapter = value.associatedSystemIOConfiguration?.sriovAdapters.at(0)?.sriovAdapter;
    assert.ok(adapter !== undefined);
    return adapter;
  };
  const adapter = adapterOf((await system()).value);
  const shown = [
    adapter.convergedEthernetPhysicalPorts,
    adapter.ethernetPhysicalPorts,
    adapter.sriovRoCEPhysicalPorts,
  ];
  assert.deepEqual(
    shown.map((ports) => ports.toArray().map(({ physicalPortID, portType }) => [physicalPortID, portType])),
    [[[0, 'Cna']], [[1, 'Ethernet']], [[2, 'RoCE']]],
  );
  await session.update(await system(), (lens) => {
    const port = adapterOf(lens).convergedEthernetPhysicalPorts.at(0);
    assert.ok(port !== undefined);
    port.label = 'storage';
  });
  const after = adapterOf((await system()).value);
  assert.equal(after.convergedEthernetPhysicalPorts.at(0)?.label, 'storage');
  assert.equal(after.sriovRoCEPhysicalPorts.at(0)?.label, 'fast');
  const channel = session.update(await system(), (lens) => {
    const port = adapterOf(lens).convergedEthernetPhysicalPorts.at(0);
    assert.ok(port !== undefined);
    port.configuredMaxFiberChannelOverEthernetLogicalPorts = 2;
  });
  assert.match(await refused(channel, 400), /no Fibre Channel over Ethernet/);
  const guest = await createPartition(session, 'guest');
  const parent = { type: LogicalPartition, id: guest.id };
  const logical = { adapterID: 1, physicalPortID: 0, configuredCapacity: 4 };
  await session.create(SRIOVEthernetLogicalPort, logical, { parent });
  assert.equal(adapterOf((await system()).value).convergedEthernetPhysicalPorts.at(0)?.allocatedCapacity, 4);
});
