// The examples of docs/documents.md and packages/atom/README.md, word for word, each in a function:
// `documents.test.ts` compares and runs them.
import {
  child,
  element,
  readDocument,
  readEntries,
  readFeed,
  setText,
  textOf,
  writeDocument,
  XmlError,
} from '@openstack-powervm/atom';
import {
  create,
  elementOf,
  type Lens,
  LogicalPartition,
  uuidOf,
  type VirtualIOServer,
  VirtualSwitch,
  WrongTypeError,
} from '@openstack-powervm/rest';

/** What the examples print to. */
interface Console {
  log(...values: unknown[]): void;
}

export function reads(body: string, console: Console): void {
  const { entries } = readFeed(body);
  for (const { content } of entries) {
    if (!content) continue;
    const partition = LogicalPartition.lens(content);
    const memory = partition.partitionMemoryConfiguration;
    console.log(partition.partitionName, partition.partitionState, memory?.currentMemory);
  }
}

export function edits(partition: Lens<typeof LogicalPartition>): string {
  partition.partitionName = 'web 1';
  partition.description = undefined; // takes the element out
  const memory = partition.partitionMemoryConfiguration;
  if (memory) memory.desiredMemory = 4096;
  return writeDocument(elementOf(partition));
}

export function creates(): Lens<typeof LogicalPartition> {
  const partition = create(LogicalPartition, {
    partitionName: 'demo1',
    partitionType: 'AIX/Linux',
    partitionMemoryConfiguration: { desiredMemory: 1024, maximumMemory: 1024, minimumMemory: 1024 },
    partitionProcessorConfiguration: {
      hasDedicatedProcessors: false,
      sharedProcessorConfiguration: { desiredProcessingUnits: 0.5, desiredVirtualProcessors: 1 },
    },
  });
  return partition;
}

export function lists(vios: VirtualIOServer, lparHref: string): number {
  const mapping = vios.virtualSCSIMappings.add({
    associatedLogicalPartition: lparHref,
    clientAdapter: { adapterType: 'Client', useNextAvailableSlotID: true },
    serverAdapter: { adapterType: 'Server', useNextAvailableSlotID: true },
    storage: { virtualDisk: { diskName: 'disk1', virtualDiskType: 'LogicalVolume' } },
  });
  // A second disk on the same pair of adapters: parts of one mapping can be used in another.
  vios.virtualSCSIMappings.add({
    associatedLogicalPartition: mapping.associatedLogicalPartition,
    clientAdapter: mapping.clientAdapter,
    serverAdapter: mapping.serverAdapter,
    storage: { physicalVolume: { volumeName: 'hdisk7' } },
  });
  return vios.virtualSCSIMappings.removeWhere(
    (each) => uuidOf(each.associatedLogicalPartition) === uuidOf(lparHref),
  );
}

export function complains(partition: Lens<typeof LogicalPartition>, console: Console): void {
  try {
    console.log(partition.partitionID);
  } catch (error) {
    if (!(error instanceof WrongTypeError)) throw error;
    console.log(error.message); // [PVM_WRONG_TYPE] LogicalPartition/PartitionID is not an integer: "seven"
  }
}

export function describes(console: Console): void {
  for (const [property, { wire, usage, facts }] of Object.entries(VirtualSwitch.fields))
    console.log(property, wire, usage, facts.values ?? '');
}

export function roundTrip(body: string): string {
  const root = readDocument(body);
  const name = child(root, 'SwitchName');
  if (name) setText(name, 'ETHERNET1');
  root.children.push(element('Note', root.namespace, { kind: 'new' }, ['R & D']));
  return writeDocument(root); // everything else byte for byte as it was
}

export async function streams(body: AsyncIterable<Uint8Array>, console: Console): Promise<void> {
  for await (const { id, title, etag, content } of readEntries(body))
    console.log(title, id, etag, content && textOf(content).length);
}

export function refuses(body: string, console: Console): void {
  try {
    readDocument(body);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    console.log(error.code, error.line, error.column, error.offset);
  }
}
