// The types of @openstack-powervm/rest. Nothing here runs: `npm run build` fails when a type is not what it should be.
import {
  type Entity,
  type EntityOf,
  type Fields,
  type JobResult,
  LogicalPartition,
  type PowerVMErrorCode,
  type PowerVMEvent,
  type Session,
  VirtualIOServer,
  VolumeGroup,
} from '@openstack-powervm/rest';

/** Compiles only when both types are the same. */
function same<Expected>() {
  return <Actual>(_value: (() => Actual) | undefined, ..._proof: Same<Expected, Actual>) => {};
}
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? [] : [never];

export async function whatCompiles(session: Session, anything: EntityOf<Fields>): Promise<void> {
  const partition = await session.get(LogicalPartition, 'id');
  same<string | undefined>()(() => partition.value.partitionName);
  same<number | undefined>()(() => partition.value.partitionMemoryConfiguration?.desiredMemory);
  const typed: Entity<typeof LogicalPartition> = partition;
  const value: LogicalPartition = typed.value;
  value.partitionName = 'x';
  // @ts-expect-error a name is no number
  value.partitionName = 1;
  // @ts-expect-error nobody declared this
  value.partitionNam = 'x';

  const [vios] = await session.list(VirtualIOServer, { groups: ['ViosStorage'] });
  // @ts-expect-error there is no such group
  await session.list(VirtualIOServer, { groups: ['ViosStorages'] });
  // @ts-expect-error the list may be empty
  vios.value;
  if (vios) await session.list(VolumeGroup, { parent: vios });

  await session.create(LogicalPartition, { partitionName: 'x', availabilityPriority: 127 });
  // @ts-expect-error nobody declared this
  await session.create(LogicalPartition, { name: 'x' });
  await session.update(partition, (edited) => edited.partitionName !== 'x');
  await session.commit(VirtualIOServer, 'id', ['ViosSCSIMapping'], (edited) => {
    same<number>()(() => edited.virtualSCSIMappings.length);
  });
  await session.delete(partition);
  await session.delete(anything);
  await session.delete({ type: LogicalPartition, id: 'id' });

  const result: JobResult = await session.runJob({ type: LogicalPartition, id: 'id', operation: 'PowerOn' });
  same<string | undefined>()(() => result.results['returnCode'] satisfies string | undefined);
  // @ts-expect-error there are three strategies, and this is none of them
  await session.runJob({ type: LogicalPartition, operation: 'PowerOn', onAbort: 'forget' });

  for await (const event of session.events()) same<PowerVMEvent>()(() => event);
  // @ts-expect-error codes are a closed set
  const code: PowerVMErrorCode = 'PVM_NO_SUCH_CODE';
  await session.upload({
    kind: 'BROKERED_MEDIA_ISO',
    name: code,
    viosId: 'v',
    size: 1,
    body: async function* () {},
  });
}
