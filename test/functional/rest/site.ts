import type { TestContext } from 'node:test';
import {
  type EntityOf,
  type Fields,
  type Init,
  LogicalPartition,
  Session,
  type SessionOptions,
  VirtualIOServer,
  VolumeGroup,
} from '@openstack-powervm/rest';
import { type Simulator, startSimulator } from '@openstack-powervm/simulator';

/** The simulator's user where a site names no other. */
const credentials = { kind: 'password', username: 'pvmadmin', password: 'pvmadmin-simulated' } as const;

/** Short waits; the simulator answers at once. */
const timing = {
  busyDelaysMs: [1, 1, 1],
  conflictDelayMs: () => 0,
  jobPollFirstMs: 1,
  jobPollLongestMs: 5,
  eventRetryFirstMs: 1,
  eventIdleMs: 5,
} as const;

/** A simulator with its own random ids, closed with the test; the seed is printed for the case of a failure. */
export async function simulated(t: TestContext): Promise<Simulator> {
  const simulator = await startSimulator({});
  t.diagnostic(`seed ${simulator.seed}`);
  t.after(() => simulator.close());
  return simulator;
}

export async function openSession(
  t: TestContext,
  simulator: Simulator,
  options: Partial<SessionOptions> = {},
): Promise<Session> {
  const session = await Session.open({ endpoint: simulator.url, credentials, timing, ...options });
  t.after(() => session.close());
  return session;
}

/** A small partition (protocol reference A.1). */
export function partitionInit(partitionName: string): Init<typeof LogicalPartition> {
  return {
    allowPerformanceDataCollection: false,
    availabilityPriority: 127,
    partitionName,
    partitionType: 'AIX/Linux',
    pendingProcessorCompatibilityMode: 'default',
    partitionIOConfiguration: { maximumVirtualIOSlots: 64 },
    partitionMemoryConfiguration: { desiredMemory: 1024, maximumMemory: 1024, minimumMemory: 1024 },
    partitionProcessorConfiguration: {
      hasDedicatedProcessors: false,
      sharedProcessorConfiguration: {
        desiredProcessingUnits: 0.5,
        desiredVirtualProcessors: 1,
        maximumProcessingUnits: 0.5,
        maximumVirtualProcessors: 1,
        minimumProcessingUnits: 0.5,
        minimumVirtualProcessors: 1,
        sharedProcessorPoolID: 0,
        uncappedWeight: 64,
      },
      sharingMode: 'uncapped',
    },
  };
}

export function createPartition(session: Session, name: string) {
  return session.create(LogicalPartition, partitionInit(name));
}

/** The VIOS `vios1` and its group `datavg`. */
export async function storage(session: Session) {
  const vios = await named(session.list(VirtualIOServer), ({ value }) => value.partitionName === 'vios1');
  const group = await named(
    session.list(VolumeGroup, { parent: vios }),
    ({ value }) => value.groupName === 'datavg',
  );
  return { vios, group };
}

async function named<F extends Fields>(
  entities: Promise<EntityOf<F>[]>,
  test: (entity: EntityOf<F>) => boolean,
): Promise<EntityOf<F>> {
  const found = (await entities).find(test);
  if (!found) throw new Error('the default site lacks what this test needs');
  return found;
}
