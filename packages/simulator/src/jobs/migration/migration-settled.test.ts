import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ClientNetworkAdapter,
  LogicalPartition,
  type Session,
  VirtualIOServer,
  VirtualNICDedicated,
} from '@openstack-powervm/rest';
import { refused, viosNamed } from '../../testing/client.js';
import {
  addVnic,
  attachPair,
  type Couple,
  failure,
  mapUnit,
  migrationJob,
  openCouple,
  plugIn,
} from '../../testing/migration-steps.js';

/** Everything that a client could change of the partition on one of its systems, and that must be refused. */
async function assertSettled(session: Session, guest: Couple['guest']): Promise<void> {
  const parent = { type: LogicalPartition, id: guest.id };
  const stuck = async (change: Promise<unknown>) =>
    assert.match(await refused(change, 409), /HSCL05DF .*Migration_Failed/);
  await stuck(plugIn(session, guest, 1));
  const [adapter] = await session.list(ClientNetworkAdapter, { parent });
  assert.ok(adapter !== undefined);
  await stuck(session.delete(adapter));
  await stuck(
    session.update(adapter, (lens) => {
      lens.portVLANID = 10;
    }),
  );
  await stuck(addVnic(session, guest, [['vios1', 1, 1]]));
  const [vnic] = await session.list(VirtualNICDedicated, { parent });
  assert.ok(vnic !== undefined);
  await stuck(session.delete(vnic));
  await stuck(mapUnit(session, 'vios1', guest, `more-${session.endpoint.split(':').at(-1)}`));
  await stuck(attachPair(session, 'vios2', guest, 'fcs0'));
  for (const vios of ['vios1', 'vios2']) {
    const { id } = await viosNamed(session, vios);
    const groups = ['ViosSCSIMapping', 'ViosFCMapping'] as const;
    const { value } = await session.get(VirtualIOServer, id, { groups: [...groups] });
    if (value.virtualSCSIMappings.toArray().length > 0)
      await stuck(
        session.commit(VirtualIOServer, id, ['ViosSCSIMapping'], (lens) => {
          lens.virtualSCSIMappings.removeWhere(() => true);
        }),
      );
    if (value.virtualFibreChannelMappings.toArray().length > 0)
      await stuck(
        session.commit(VirtualIOServer, id, ['ViosFCMapping'], (lens) => {
          lens.virtualFibreChannelMappings.removeWhere(() => true);
        }),
      );
  }
  await stuck(session.delete(await session.get(LogicalPartition, guest.id)));
  await stuck(
    session.update(await session.get(LogicalPartition, guest.id), (lens) => {
      lens.partitionName = 'renamed';
    }),
  );
}

test('a partition that migrates cannot be changed on either system until it has settled', async (t) => {
  const { simulator, first, second, guest } = await openCouple(t);
  await mapUnit(first, 'vios1', guest, 'root');
  await attachPair(first, 'vios1', guest, 'fcs0');
  await plugIn(first, guest, 1);
  await addVnic(first, guest, [['vios1', 1, 0]]);
  simulator.faults.add({ job: 'Migrate', effect: { kind: 'job-failure', phase: 'transfer' } });
  await failure(migrationJob(first, guest, 'Migrate'));
  await assertSettled(first, guest);
  await assertSettled(second, guest);
  await migrationJob(first, guest, 'MigrateRecover');
  await plugIn(first, guest, 1);
  await first.delete(await first.get(LogicalPartition, guest.id));
});
