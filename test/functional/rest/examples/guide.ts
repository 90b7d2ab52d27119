// The examples of docs/rest-client.md, word for word, each in a function: `examples.test.ts` compares and runs them.
import { createHash } from 'node:crypto';
import {
  type Entity,
  type Init,
  isAlreadyOn,
  LogicalPartition,
  observe,
  recordToFile,
  Session,
  type SessionOptions,
  VirtualIOServer,
  VolumeGroup,
} from '@openstack-powervm/rest';

/** The reader's own; here the test replaces it to see what an example prints. */
type Console = Pick<typeof globalThis.console, 'log'>;

export async function reads(session: Session, console: Console): Promise<Entity<typeof VirtualIOServer>> {
  for (const { value } of await session.list(LogicalPartition))
    console.log(value.partitionID, value.partitionName, value.partitionState);

  const [vios] = await session.search(VirtualIOServer, { property: 'PartitionName', value: 'vios1' });
  if (!vios) throw new Error('no such VIOS');
  const full = await session.get(VirtualIOServer, vios.id, { groups: ['ViosSCSIMapping'] });
  console.log(`${full.value.virtualSCSIMappings.length} mappings`);

  const again = await session.refresh(full); // the same entity when nothing has changed
  console.log(again === full);
  return vios;
}

export async function writes(session: Session, smallPartition: Init<typeof LogicalPartition>): Promise<void> {
  const partition = await session.create(LogicalPartition, smallPartition);
  const renamed = await session.update(partition, (value) => {
    value.partitionName = 'renamed';
  });
  await session.delete(renamed);
}

export async function commits(
  session: Session,
  vios: Entity<typeof VirtualIOServer>,
  groupId: string,
  console: Console,
): Promise<void> {
  const addDisk = (group: VolumeGroup) => {
    if (group.virtualDisks.some((disk) => disk.diskName === 'data1')) return false;
    group.virtualDisks.add({
      diskName: 'data1',
      diskLabel: 'None',
      diskCapacity: 10,
      virtualDiskType: 'LogicalVolume',
    });
    return true;
  };
  const committed = await session.commit(VolumeGroup, groupId, ['None'], addDisk, { parent: vios });
  console.log(committed.value.virtualDisks.find((disk) => disk.diskName === 'data1')?.uniqueDeviceID);
}

export async function jobs(session: Session, partitionId: string, console: Console): Promise<void> {
  try {
    await session.runJob({
      type: LogicalPartition,
      id: partitionId,
      operation: 'PowerOn',
      parameters: { bootmode: 'norm' },
      onProgress: ({ status }) => console.log(status),
    });
  } catch (error) {
    if (!isAlreadyOn(error)) throw error;
  }
}

export async function events(session: Session, signal: AbortSignal, console: Console): Promise<void> {
  for await (const event of session.events({ signal })) {
    if (event.kind === 'resynchronise') console.log('read everything again:', event.reason);
    else console.log(event.kind, event.uri ?? event.data, event.detail.join(', '));
  }
}

export async function uploads(
  session: Session,
  vios: Entity<typeof VirtualIOServer>,
  image: Uint8Array,
  console: Console,
): Promise<void> {
  await session.upload({
    kind: 'BROKERED_MEDIA_ISO',
    name: 'config.iso',
    viosId: vios.id,
    size: image.length,
    sha256: createHash('sha256').update(image).digest('hex'),
    body: async function* () {
      yield image;
    },
    onProgress: (bytes) => console.log(`${bytes} of ${image.length}`),
  });
}

export function observations(console: Console): () => void {
  const stop = observe('powervm.rest.request', ({ method, path, status, durationMs }) =>
    console.log(method, path, status, `${durationMs.toFixed(0)} ms`),
  );
  return stop;
}

export async function opens(endpoint: string, password: string, console: Console): Promise<void> {
  await using session = await Session.open({
    endpoint,
    credentials: { kind: 'password', username: 'pvmadmin', password },
    auditMemento: 'nightly report',
  });
  console.log(`${session.console} at ${session.endpoint}`);
}

/** Compiled only: it writes into the working directory. */
export async function records(endpoint: string, credentials: SessionOptions['credentials']): Promise<void> {
  await using recorder = recordToFile('session.jsonl');
  await using session = await Session.open({ endpoint, credentials, record: recorder.record });
  await session.list(LogicalPartition);
}
