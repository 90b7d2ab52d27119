import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  create,
  type Init,
  LogicalPartition,
  ManagedSystem,
  PhysicalFibreChannelPort,
  type Session,
  VirtualFibreChannelClientAdapter,
  type VirtualFibreChannelMapping,
  VirtualIOServer,
} from '@openstack-powervm/rest';
import { twoHostSite } from '../site/two-host-site.js';
import { createPartition, mapStorage, openClient, refused, viosNamed } from '../testing/client.js';

const groups = ['ViosFCMapping'] as const;

async function openFabric(t: TestContext) {
  const client = await openClient(t, { site: twoHostSite() });
  const vios = await viosNamed(client.session, 'vios1');
  const guest = await createPartition(client.session, 'guest');
  return { ...client, vios, guest };
}

function attach(
  session: Session,
  vios: string,
  partition: string,
  port: string | undefined,
  wwpns?: string,
): ReturnType<typeof session.get<typeof VirtualIOServer.fields>> {
  const mapping: Init<typeof VirtualFibreChannelMapping> = {
    associatedLogicalPartition: `${session.endpoint}/rest/api/uom/LogicalPartition/${partition}`,
    clientAdapter: { adapterType: 'Client', useNextAvailableSlotID: true, wwpns },
    port: port === undefined ? undefined : { portName: port },
    serverAdapter: { adapterType: 'Server', useNextAvailableSlotID: true },
  };
  return session.commit(VirtualIOServer, vios, groups, (value) => {
    value.virtualFibreChannelMappings.add(mapping);
  });
}

/** Ports of a VIOS by name. */
async function portsOf(session: Session, id: string) {
  const { value } = await session.get(VirtualIOServer, id, { groups: ['ViosStorage'] });
  const slots = value.partitionIOConfiguration?.profileIOSlots.toArray() ?? [];
  return slots.flatMap(
    (slot) =>
      slot.associatedIOSlot?.relatedIOAdapter?.physicalFibreChannelAdapter?.physicalFibreChannelPorts.toArray() ??
      [],
  );
}

test('VOL: a new pair gets WWPNs, slots and a port, and takes one of the port', async (t) => {
  const { session, vios, guest } = await openFabric(t);
  const before = await portsOf(session, vios.id);
  assert.deepEqual(
    before.map((port) => [port.portName, port.availablePorts, port.totalPorts]),
    [
      ['fcs0', 64, 64],
      ['fcs1', 64, 64],
      ['fcs2', undefined, undefined],
    ],
  );
  const { value } = await attach(session, vios.id, guest.id, 'fcs1');
  const mapping = value.virtualFibreChannelMappings.at(0);
  assert.equal(value.virtualFibreChannelMappings.length, 1);
  assert.match(mapping?.clientAdapter?.wwpns ?? '', /^c05076[0-9a-f]{10} c05076[0-9a-f]{10}$/);
  assert.equal(mapping?.port?.portName, 'fcs1');
  assert.equal(mapping?.port?.wwpn, before[1]?.wwpn);
  assert.equal(mapping?.port?.availablePorts, 63);
  assert.equal(
    mapping?.serverAdapter?.connectingVirtualSlotNumber,
    mapping?.clientAdapter?.virtualSlotNumber,
  );
  assert.equal(mapping?.clientAdapter?.connectingPartitionID, vios.value.partitionID);
  const parent = { type: LogicalPartition, id: guest.id };
  const adapters = await session.list(VirtualFibreChannelClientAdapter, { parent });
  assert.deepEqual(
    adapters.map((adapter) => adapter.value.wwpns),
    [mapping?.clientAdapter?.wwpns],
  );
  const lpar = await session.refresh(guest);
  assert.equal(lpar.value.virtualFibreChannelClientAdapters.length, 1);
});

test('a mapping loses its port and gets it back; without it in the list both adapters go', async (t) => {
  const { session, vios, guest } = await openFabric(t);
  await attach(session, vios.id, guest.id, 'fcs0');
  const back = async (port: string | undefined) => {
    const { value } = await session.commit(VirtualIOServer, vios.id, groups, (edited) => {
      for (const mapping of edited.virtualFibreChannelMappings)
        mapping.port = port === undefined ? undefined : create(PhysicalFibreChannelPort, { portName: port });
    });
    return value.virtualFibreChannelMappings.at(0)?.port?.portName;
  };
  assert.equal(await back(undefined), undefined);
  assert.equal(await back('fcs1'), 'fcs1');
  await session.commit(VirtualIOServer, vios.id, groups, ({ virtualFibreChannelMappings }) => {
    virtualFibreChannelMappings.removeWhere(() => true);
  });
  assert.equal((await session.refresh(guest)).value.virtualFibreChannelClientAdapters.length, 0);
});

test('bad WWPNs, taken WWPNs, unknown ports and ports without NPIV are refused', async (t) => {
  const { session, vios, guest } = await openFabric(t);
  const pair = 'c050760000000001 c050760000000002';
  await attach(session, vios.id, guest.id, 'fcs0', pair.toUpperCase());
  const other = await viosNamed(session, 'vios2');
  assert.match(await refused(attach(session, other.id, guest.id, 'fcs0', pair), 409), /belong to vfchost0/);
  assert.match(await refused(attach(session, vios.id, guest.id, 'fcs0', 'abc'), 400), /not a pair/);
  assert.match(await refused(attach(session, vios.id, guest.id, 'fcs9'), 404), /no Fibre Channel port fcs9/);
  assert.match(await refused(attach(session, vios.id, guest.id, 'fcs2'), 409), /cannot carry/);
});

test('WWPN pairs drawn ahead are never given out again', async (t) => {
  const { session, vios, guest } = await openFabric(t);
  const [system] = await session.list(ManagedSystem);
  assert.ok(system !== undefined);
  const draw = async (pairs: number) => {
    const job = await session.runJob({
      type: ManagedSystem,
      id: system.id,
      operation: 'GetNextWWPNs',
      parameters: { numberPairsRequested: String(pairs) },
    });
    return (job.results['wwpnList'] ?? '').split(',');
  };
  const drawn = [...(await draw(2)), ...(await draw(8))];
  assert.equal(new Set(drawn).size, 20);
  const { value } = await attach(session, vios.id, guest.id, 'fcs0');
  const pair = value.virtualFibreChannelMappings.at(0)?.clientAdapter?.wwpns?.split(' ') ?? [];
  assert.ok(pair.every((wwpn) => !drawn.includes(wwpn)));
  const prefix = BigInt(
    (await session.refresh(system)).value.associatedSystemIOConfiguration?.wwpnPrefix ?? 0,
  );
  assert.ok(pair.every((wwpn) => wwpn.startsWith(prefix.toString(16).slice(0, 12))));
});

async function exported(url: string, id: number, sizeGb: number, initiators: string[]): Promise<void> {
  const answer = await fetch(`${url}/simulator/arrays/array1/luns/${id}`, {
    method: 'PUT',
    body: JSON.stringify({ sizeGb, initiators }),
  });
  assert.equal(answer.status, 200, await answer.text());
}

function luaInput(paths: readonly { i: string; t: string; lun: string }[]): string {
  const list = paths
    .map(({ i, t, lun }) => `<itl><Iwwpn>${i}</Iwwpn><Twwpn>${t}</Twwpn><lua>${lun}000000000000</lua></itl>`)
    .join('');
  return (
    '<XML_LIST><general><cmd_version>3</cmd_version><version>2.0</version></general><reliableITL>false</reliableITL>' +
    `<deviceList><device><vendor>OTHER</vendor><deviceTag>1</deviceTag><itlList><number>${paths.length}</number>` +
    `${list}</itlList></device></deviceList></XML_LIST>`
  );
}

test('a LUN is found where it is zoned and masked, mapped, unmapped and removed again', async (t) => {
  const { simulator, session, vios, guest } = await openFabric(t);
  const ports = (await portsOf(session, vios.id)).map((port) => (port.wwpn ?? '').toLowerCase());
  const [initiator = '', second = ''] = ports;
  const targets = simulator.inspect().arrays[0]?.ports ?? [];
  const discover = async (lun: string) => {
    const paths = [initiator, second].flatMap((i) => targets.map(({ wwpn: t }) => ({ i, t, lun })));
    const job = await session.runJob({
      type: VirtualIOServer,
      id: vios.id,
      operation: 'LUARecovery',
      parameters: { inputXML: luaInput(paths) },
    });
    const output = job.results['OutputXML'] ?? '';
    const read = (name: string) => new RegExp(`<${name}>(.*?)</${name}>`).exec(output)?.[1];
    return { status: read('status'), name: read('pvName'), udid: read('udid') };
  };
  assert.deepEqual(await discover('7'), { status: '6', name: undefined, udid: undefined });
  await exported(simulator.url, 7, 5, [initiator]);
  const found = await discover('7');
  assert.equal(found.status, '8');
  const name = found.name ?? '';
  const volumes = (await session.get(VirtualIOServer, vios.id, { groups: ['ViosStorage'] })).value
    .physicalVolumes;
  const volume = volumes.find((candidate) => candidate.volumeName === name);
  assert.equal(volume?.volumeCapacity, 5 * 1024);
  assert.equal(volume?.uniqueDeviceID, found.udid);
  await mapStorage(session, vios, guest, { physicalVolume: { volumeName: name } });
  assert.equal((await discover('7')).status, '1');
  const remove = () =>
    session.runJob({
      type: VirtualIOServer,
      id: vios.id,
      operation: 'RemoveDevice',
      parameters: { devName: name },
    });
  await assert.rejects(remove(), /in use by vhost0/);
  await session.commit(VirtualIOServer, vios.id, ['ViosSCSIMapping'], ({ virtualSCSIMappings }) => {
    virtualSCSIMappings.removeWhere(() => true);
  });
  await remove();
  const after = await session.get(VirtualIOServer, vios.id, { groups: ['ViosStorage'] });
  assert.ok(!after.value.physicalVolumes.some((candidate) => candidate.volumeName === name));
  const gone = await fetch(`${simulator.url}/simulator/arrays/array1/luns/7`, { method: 'DELETE' });
  assert.equal(gone.status, 204);
});

test('a partition boots from a LUN behind its virtual ports', async (t) => {
  const { simulator, session, vios, guest } = await openFabric(t);
  const { value } = await attach(session, vios.id, guest.id, 'fcs0');
  const pair = value.virtualFibreChannelMappings.at(0)?.clientAdapter?.wwpns?.split(' ') ?? [];
  await exported(simulator.url, 9, 10, pair);
  await session.runJob({ type: LogicalPartition, id: guest.id, operation: 'PowerOn' });
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await session.quick(LogicalPartition, guest.id, 'PartitionState')) === 'running') return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail('the partition never ran');
});
