import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSite } from '@openstack-powervm/simulator';
import { ManualClock } from '../testing/clock.js';
import { exampleVif } from '../testing/nova.js';
import { exampleCall, Rig, type RigOptions } from '../testing/rig.js';

const MB = 1024 * 1024;

/** A running server on a system that the driver watches. */
async function deployed(options: RigOptions = {}, vifs = [exampleVif()]) {
  const clock = new ManualClock();
  const rig = await Rig.open({ clock, ...options });
  const params = await rig.deployment({ image: rig.images.add(MB), vifs });
  const { instance } = params;
  await rig.driver.spawn(params, exampleCall());
  await rig.driver.powerOn({ instance, firstBoot: true, configDrive: true }, exampleCall());
  await rig.booted(instance);
  const diagnostics = () => rig.driver.getInstanceDiagnostics({ instance }, exampleCall());
  const pass = async (seconds: number) => {
    rig.simulator.pass(seconds * 1000);
    await clock.advance(seconds * 1000);
  };
  const guest = rig.partition(instance)?.uuid ?? '';
  return { rig, params, diagnostics, pass, guest, [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose]() };
}

const perSecond = {
  ...{ receivedPackets: 10, sentPackets: 4, droppedPackets: 2 },
  ...{ reads: 6, writes: 1 },
};

test('A21 before anything has been measured diagnostics tell the configuration, and no counters', async () => {
  await using server = await deployed();
  const { managementMac, vifs } = server.params;
  const known = await server.diagnostics();
  assert.deepEqual(
    { state: known.state, memoryMb: known.memoryMb, vcpus: known.vcpus },
    { state: 'running', memoryMb: 2048, vcpus: 2 },
  );
  assert.deepEqual(
    known.nics.map(({ macAddress }) => macAddress).sort(),
    [vifs[0]?.address, managementMac].sort(),
  );
  assert.equal(known.disks.length, 2);
  assert.equal(known.processors, null);
  assert.equal(known.memoryUsedMb, null);
  const counters = [...known.nics.map(({ macAddress: _, ...rest }) => rest), ...known.disks];
  assert.ok(counters.every((each) => Object.values(each).every((value) => value === null)));
});

test('A21 TEL-3 TEL-8 counters and rates are those of the load that the guest has', async () => {
  await using server = await deployed();
  await server.diagnostics();
  server.rig.simulator.happen(server.guest, { load: { processor: 1.5, ...perSecond } });
  await server.pass(600);
  const known = await server.diagnostics();
  assert.equal(known.processors?.utilisation, 150);
  // 0.2 units of entitlement, used one and a half times, for up to 600 s.
  const seconds = (known.processors?.timeNs ?? 0) / 1e9 / 0.3;
  assert.ok(seconds > 540 && seconds < 610, `${seconds}`);
  for (const nic of known.nics) {
    assert.deepEqual([nic.rxRate, nic.txRate], [9000, 3600]);
    assert.equal(nic.rxOctets, (nic.rxPackets ?? 0) * 900);
    assert.ok(Math.abs((nic.rxPackets ?? 0) / (nic.txPackets ?? 1) - 2.5) < 0.1);
    assert.ok(Math.abs((nic.rxPackets ?? 0) / (nic.rxDrop ?? 1) - 5) < 0.1);
    assert.deepEqual([nic.rxErrors, nic.txErrors, nic.txDrop], [null, null, null], 'not counted');
  }
  for (const disk of known.disks) {
    assert.equal(disk.readBytes, (disk.readRequests ?? 0) * 4096);
    assert.ok(Math.abs((disk.readRequests ?? 0) / (disk.writeRequests ?? 1) - 6) < 0.1);
  }
  assert.ok((known.memoryUsedMb ?? 0) > 0 && (known.memoryUsedMb ?? 0) < 2048);
});

test('A21 TEL-4 a partition that is new in the newest sample has counters and no rates', async () => {
  await using server = await deployed();
  await server.diagnostics();
  // The samples stand at full half minutes: after 30 s exactly one has seen the guest.
  await server.pass(30);
  const { processors, nics } = await server.diagnostics();
  assert.ok(processors && processors.timeNs >= 0);
  assert.equal(processors.utilisation, null);
  assert.ok(nics.every(({ rxRate, rxOctets }) => rxRate === null && rxOctets !== null));
});

test('A21 TEL-7 a virtual NIC has the traffic of its logical ports, errors included', async () => {
  const site = defaultSite({ sriovAdapters: [{ ports: [{ label: 'data' }, { label: 'data' }] }] });
  const details = { vlan: '300', physical_network: 'data', redundancy: 2, capacity: null };
  const vif = exampleVif({ type: 'pvm_sriov', vnicType: 'direct', details });
  await using server = await deployed({ simulator: { site } }, [vif]);
  const mac = (known: Awaited<ReturnType<typeof server.diagnostics>>) =>
    known.nics.find(({ macAddress }) => macAddress === vif.address);
  assert.equal(mac(await server.diagnostics())?.rxOctets, null);
  server.rig.simulator.happen(server.guest, { load: { processor: 0.5, ...perSecond } });
  await server.pass(120);
  const nic = mac(await server.diagnostics());
  assert.deepEqual([nic?.rxRate, nic?.txRate, nic?.rxErrors, nic?.txErrors], [9000, 3600, 0, 0]);
});

test('A21 a monitor that cannot be read leaves the counters out, and the log says so', async () => {
  const lines: string[] = [];
  const log = {
    debug() {},
    info() {},
    error() {},
    warn: (line: string) => lines.push(line),
    with: () => log,
  };
  await using server = await deployed({ log });
  server.rig.simulator.faults.add({
    route: 'LongTermMonitor.list',
    effect: { kind: 'error', status: 500, message: 'no metrics today' },
  });
  const known = await server.diagnostics();
  assert.deepEqual([known.state, known.processors], ['running', null]);
  assert.match(lines.at(-1) ?? '', /Metrics could not be read.*no metrics today/);
});

test('A21 adapters of all VIOSes are counted, and no metrics file is read twice', async () => {
  await using server = await deployed();
  await server.diagnostics();
  await server.pass(120);
  server.rig.requests.length = 0;
  const both = await server.diagnostics();
  assert.ok(both.disks.every(({ readBytes }) => readBytes !== null));
  const read = server.rig.sent('GET').filter((request) => request.includes('_vios_'));
  assert.equal(read.length, new Set(read).size, 'no file is read twice');
});
