import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ClientNetworkAdapter,
  LogicalPartition,
  ManagedSystem,
  ManagementConsole,
  Session,
  VirtualIOServer,
  VirtualSwitch,
} from '@openstack-powervm/rest';
import { hmcSite } from '../site/hmc-site.js';
import { createPartition, openClient, refused } from '../testing/client.js';

test('one console manages all systems and does not say that it is a NovaLink', async (t) => {
  const { simulator, session, sessions } = await openClient(t, { site: hmcSite() });
  assert.equal(sessions.length, 1);
  assert.equal(session.console, 'HMC');
  const systems = await session.list(ManagedSystem);
  assert.deepEqual(systems.map(({ value }) => value.systemName).sort(), ['sim1', 'sim2']);
  assert.equal((await session.list(VirtualIOServer)).length, 4);
  for (const system of systems) {
    const own = await session.list(VirtualIOServer, { parent: { type: ManagedSystem, id: system.id } });
    assert.equal(own.length, 2);
    assert.equal(system.value.isHMCPowerVMManagementMaster, true);
  }
  const [console] = await session.list(ManagementConsole);
  assert.equal(console?.value.managedSystems.length, 2);
  assert.match(await refused(createPartition(session, 'nowhere'), 400), /managed system/);
  assert.equal(simulator.inspect().consoles[0]?.kind, 'HMC');
});

test('an HMC knows no logon by file', async (t) => {
  const { simulator } = await openClient(t, { site: hmcSite() });
  const local = Session.open({ endpoint: simulator.url, credentials: { kind: 'local' } });
  await assert.rejects(local, /File logon/);
});

test('an HMC activates the profile that a partition has; NovaLink knows no such job', async (t) => {
  const { session } = await openClient(t, { site: hmcSite() });
  const [system] = await session.list(ManagedSystem);
  const guest = await createPartition(session, 'guest', 0, { type: ManagedSystem, id: system?.id ?? '' });
  const job = { type: LogicalPartition, id: guest.id, operation: 'ActivateCurrentProfile' };
  const { results } = await session.runJob(job);
  assert.deepEqual(results, { returnCode: '0' });
  const { value } = await session.get(LogicalPartition, guest.id);
  assert.equal(value.partitionState, 'open firmware');
  const { session: other } = await openClient(t);
  const own = await createPartition(other, 'guest');
  assert.match(await refused(other.runJob({ ...job, id: own.id }), 404), /no job ActivateCurrentProfile/);
});

test('an HMC removes devices by command and chooses no high slots', async (t) => {
  const { session } = await openClient(t, { site: hmcSite() });
  const [system] = await session.list(ManagedSystem);
  assert.ok(system !== undefined);
  const parent = { type: ManagedSystem, id: system.id };
  const [vios] = await session.list(VirtualIOServer, { parent, groups: ['ViosStorage'] });
  assert.ok(vios !== undefined);
  const disks = async () =>
    (await session.get(VirtualIOServer, vios.id, { groups: ['ViosStorage'] })).value.physicalVolumes.map(
      (volume) => volume.volumeName,
    );
  const disk = vios.value.physicalVolumes.find((volume) => volume.isFibreChannelBacked === true)?.volumeName;
  const job = {
    type: VirtualIOServer,
    id: vios.id,
    operation: 'RemoveDevice',
    parameters: { devName: disk ?? '' },
  };
  assert.match(await refused(session.runJob(job), 404), /no job RemoveDevice/);
  await session.runJob({
    type: ManagementConsole,
    operation: 'CLIRunner',
    parameters: {
      cmd: `viosvrcmd -m ${system.value.systemName} -p ${vios.value.partitionName} -c "rmdev -dev ${disk}"`,
      acknowledgeThisAPIMayGoAwayInTheFuture: 'true',
    },
  });
  assert.ok(!(await disks()).includes(disk));
  const partition = await createPartition(session, 'guest', 0, parent);
  const [network] = await session.list(VirtualSwitch, { parent });
  const adapter = session.create(
    ClientNetworkAdapter,
    {
      useNextAvailableHighSlotID: true,
      portVLANID: 7,
      associatedVirtualSwitch: [
        `${session.endpoint}/rest/api/uom/ManagedSystem/${system.id}/VirtualSwitch/${network?.id}`,
      ],
    },
    { parent: { type: LogicalPartition, id: partition.id } },
  );
  assert.match(await refused(adapter, 400), /UseNextAvailableHighSlotID/);
});
