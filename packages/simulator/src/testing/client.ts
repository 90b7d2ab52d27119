import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import {
  create,
  type Entity,
  LogicalPartition,
  type ParentAddress,
  PowerVMError,
  Session,
  VirtualIOServer,
} from '@openstack-powervm/rest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator.js';

export interface Client {
  readonly simulator: Simulator;
  /** One session for each console, in the order of the site's systems. */
  readonly sessions: readonly Session[];
  readonly session: Session;
}

/** A simulator that ends with the test, and our own client on each of its consoles. */
export async function openClient(
  test: Pick<TestContext, 'after'>,
  options: SimulatorOptions = {},
): Promise<Client> {
  const simulator = await startSimulator(options);
  test.after(() => simulator.close());
  const sessions = await Promise.all(simulator.consoles.map(({ url }) => openSession(test, url)));
  const [session] = sessions;
  assert.ok(session !== undefined);
  return { simulator, sessions, session };
}

export async function openSession(test: Pick<TestContext, 'after'>, url: string): Promise<Session> {
  const session = await Session.open({
    endpoint: url,
    credentials: { kind: 'password', username: 'pvmadmin', password: 'pvmadmin-simulated' },
  });
  test.after(() => session.close());
  return session;
}

/** A small partition of one shared processor. */
export function createPartition(
  session: Session,
  name: string,
  poolId = 0,
  parent?: ParentAddress,
): Promise<Entity<typeof LogicalPartition>> {
  return session.create(
    LogicalPartition,
    create(LogicalPartition, {
      allowPerformanceDataCollection: true,
      availabilityPriority: 127,
      partitionIOConfiguration: { maximumVirtualIOSlots: 64 },
      partitionMemoryConfiguration: { desiredMemory: 1024, maximumMemory: 2048, minimumMemory: 512 },
      partitionName: name,
      partitionProcessorConfiguration: {
        hasDedicatedProcessors: false,
        sharedProcessorConfiguration: {
          desiredProcessingUnits: 0.5,
          desiredVirtualProcessors: 1,
          maximumProcessingUnits: 1,
          maximumVirtualProcessors: 1,
          minimumProcessingUnits: 0.1,
          minimumVirtualProcessors: 1,
          sharedProcessorPoolID: poolId,
          uncappedWeight: 64,
        },
        sharingMode: 'uncapped',
      },
      partitionType: 'AIX/Linux',
      pendingProcessorCompatibilityMode: 'default',
    }),
    parent === undefined ? {} : { parent },
  );
}

export async function viosNamed(session: Session, name: string): Promise<Entity<typeof VirtualIOServer>> {
  const [vios] = await session.search(VirtualIOServer, { property: 'PartitionName', value: name });
  assert.ok(vios !== undefined, `VIOS ${name}`);
  return vios;
}

/** Expects a refusal with this status and answers with the console's message. */
export async function refused(work: Promise<unknown>, status: number): Promise<string> {
  try {
    await work;
  } catch (error) {
    const known = PowerVMError.from(error);
    assert.equal(known.status, status, known.message);
    return known.consoleMessage ?? '';
  }
  throw new assert.AssertionError({ message: `this was not refused with ${status}` });
}

export async function bytesOf(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(piece);
  return Buffer.concat(pieces);
}

export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Maps storage of a VIOS to a partition, as the driver does. */
export function mapStorage(
  session: Session,
  vios: Entity<typeof VirtualIOServer>,
  partition: Entity<typeof LogicalPartition>,
  storage: NonNullable<Parameters<typeof newMapping>[1]>,
): Promise<Entity<typeof VirtualIOServer>> {
  return session.commit(VirtualIOServer, vios.id, ['ViosSCSIMapping'], (value) => {
    value.virtualSCSIMappings.add(
      newMapping(`${session.endpoint}/rest/api/uom/LogicalPartition/${partition.id}`, storage),
    );
  });
}

function newMapping(
  partition: string,
  storage:
    | { logicalUnit: { uniqueDeviceID: string; unitName: string } }
    | { physicalVolume: { volumeName: string } },
) {
  return {
    associatedLogicalPartition: partition,
    clientAdapter: { adapterType: 'Client', useNextAvailableSlotID: true },
    serverAdapter: { adapterType: 'Server', useNextAvailableSlotID: true },
    storage,
  };
}
