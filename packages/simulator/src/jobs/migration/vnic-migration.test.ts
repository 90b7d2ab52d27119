import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  LogicalPartition,
  ManagedSystem,
  type Session,
  SRIOVEthernetLogicalPort,
} from '@openstack-powervm/rest';
import type { Simulator } from '../../simulator.js';
import {
  addVnic,
  bringUp,
  failure,
  mapUnit,
  migrationJob,
  openCouple,
} from '../../testing/migration-steps.js';

function vnicsOn(simulator: Simulator, system: string) {
  const found = simulator.inspect().systems.find(({ name }) => name === system);
  return found?.partitions.find(({ name }) => name === 'guest')?.vnics ?? [];
}

/** Gives a port of a system another label. */
async function relabel(session: Session, adapterId: number, portId: number, label: string): Promise<void> {
  const [system] = await session.list(ManagedSystem);
  assert.ok(system !== undefined);
  await session.update(system, (lens) => {
    const adapters = lens.associatedSystemIOConfiguration?.sriovAdapters.toArray() ?? [];
    const adapter = adapters.find(({ sriovAdapter }) => sriovAdapter?.sriovAdapterID === adapterId);
    const ports = adapter?.sriovAdapter?.ethernetPhysicalPorts.toArray() ?? [];
    const port = ports.find(({ physicalPortID }) => physicalPortID === portId);
    assert.ok(port !== undefined);
    port.label = label;
  });
}

test('SRV-8 LMG: a vNIC moves with slot, MAC and priorities to ports of the same label', async (t) => {
  const { simulator, first, second, guest } = await openCouple(t);
  await mapUnit(first, 'vios1', guest, 'root');
  await relabel(first, 1, 0, 'fast');
  await relabel(second, 2, 1, 'fast');
  await addVnic(first, guest, [
    ['vios1', 1, 0],
    ['vios2', 2, 0],
  ]);
  await bringUp(first, guest);
  const [before] = vnicsOn(simulator, 'sim1');
  await migrationJob(first, guest, 'Migrate');
  const [after] = vnicsOn(simulator, 'sim2');
  assert.deepEqual([after?.slot, after?.mac, after?.portVlan], [before?.slot, before?.mac, 12]);
  const [active, other] = after?.devices ?? [];
  assert.deepEqual([active?.adapterId, active?.portId, active?.priority, active?.active], [2, 1, 10, true]);
  assert.deepEqual([other?.capacity, other?.priority], [10, 20]);
  assert.notEqual(active?.vios, other?.vios);
  assert.deepEqual(vnicsOn(simulator, 'sim1'), []);
  const [system] = await first.list(ManagedSystem);
  const adapters = system?.value.associatedSystemIOConfiguration?.sriovAdapters.toArray() ?? [];
  const used = adapters.flatMap(
    ({ sriovAdapter }) => sriovAdapter?.ethernetPhysicalPorts.map((port) => port.allocatedCapacity) ?? [],
  );
  assert.deepEqual(new Set(used), new Set([0]), 'nothing is left on the source');
});

test('SRV-8 LMG: without a port of the label, or room on it, the validation says so', async (t) => {
  const { first, guest } = await openCouple(t);
  await relabel(first, 1, 0, 'unknown');
  await addVnic(first, guest, [['vios1', 1, 0]]);
  const reason = await failure(migrationJob(first, guest, 'MigrateValidate'));
  assert.match(reason, /cannot back the vNIC .* no SR-IOV port with label "unknown" and 10 %/);
});

test('LMG: the job decides which ports back a vNIC, and how much of them', async (t) => {
  const { simulator, first, guest } = await openCouple(t);
  const vnic = await addVnic(first, guest, [
    ['vios1', 1, 0],
    ['vios2', 2, 0],
  ]);
  const slot = vnic.value.virtualSlotNumber ?? 0;
  const mapping = (text: string) => ({ VirtualVNICMappings: text });
  const validate = (text: string) => failure(migrationJob(first, guest, 'MigrateValidate', mapping(text)));
  assert.match(await validate('3/ded/vios1//1/0/10'), /no vNIC in slot 3/);
  assert.match(await validate(`${slot}/ded/vios1//1/9/10`), /port 9 of SR-IOV adapter 1 cannot take it/);
  assert.match(await validate(`${slot}/shared/vios1`), /is not slot\/ded/);
  assert.match(await validate(`${slot}/ded/vios1///1`), /names a port without its adapter/);
  assert.match(await validate(`${slot}/ded/vios1////3`), /not a multiple of 2 %/);
  const wanted = `${slot}/ded/vios2//1/1/4.0/2/0,${slot}/ded/vios1//2/1/`;
  await migrationJob(first, guest, 'Migrate', mapping(wanted));
  const [moved] = vnicsOn(simulator, 'sim2');
  assert.deepEqual(
    moved?.devices.map(({ vios, adapterId, portId, capacity }) => [vios, adapterId, portId, capacity]),
    [
      ['vios1', 2, 1, 10],
      ['vios2', 1, 1, 4],
    ],
  );
});

test('LMG: SR-IOV logical ports of the partition itself stay in the way', async (t) => {
  const { first, guest } = await openCouple(t);
  const parent = { type: LogicalPartition, id: guest.id };
  await first.create(SRIOVEthernetLogicalPort, { adapterID: 1, physicalPortID: 0 }, { parent });
  assert.match(await failure(migrationJob(first, guest, 'MigrateValidate')), /physical I\/O cannot migrate/);
});
