import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import {
  ClientNetworkAdapter,
  type Entity,
  LogicalPartition,
  LogicalUnit,
  ManagedSystem,
  ManagementConsole,
  PowerVMError,
  type Session,
  Tier,
  VirtualIOServer,
  VirtualNICDedicated,
  VirtualSwitch,
} from '@openstack-powervm/rest';
import type { Simulator, SimulatorOptions } from '../simulator.js';
import { twoHostSite } from '../site/two-host-site.js';
import { createPartition, mapStorage, openClient, viosNamed } from './client.js';
import { eventually } from './steps.js';

/** Two consoles that know each other's keys, and a partition on the first with everything that can move. */
export interface Couple {
  readonly simulator: Simulator;
  readonly first: Session;
  readonly second: Session;
  readonly guest: Entity<typeof LogicalPartition>;
}

export async function openCouple(
  test: Pick<TestContext, 'after'>,
  options: SimulatorOptions = {},
): Promise<Couple> {
  const { simulator, sessions } = await openClient(test, { site: twoHostSite(), ...options });
  const [first, second] = sessions;
  assert.ok(first !== undefined && second !== undefined);
  await exchangeKeys(first, second);
  return { simulator, first, second, guest: await createPartition(first, 'guest') };
}

/** Protocol reference 3.21: the target accepts the key of the source. */
export async function exchangeKeys(source: Session, target: Session): Promise<void> {
  const [from] = await source.list(ManagementConsole);
  const [to] = await target.list(ManagementConsole);
  assert.ok(from !== undefined && to !== undefined);
  await target.update(to, (value) => {
    const keys = value.authorizedKeys;
    assert.ok(keys !== undefined, 'AuthorizedKeys');
    keys.authorizedKey = [...keys.authorizedKey, from.value.publicSSHKey ?? ''];
  });
}

export async function mapUnit(session: Session, vios: string, guest: Couple['guest'], name: string) {
  const [tier] = await session.list(Tier);
  assert.ok(tier !== undefined);
  const parent = { type: Tier, id: tier.id };
  const unit = await session.create(LogicalUnit, { unitName: name, unitCapacity: 1 }, { parent });
  const uniqueDeviceID = unit.value.uniqueDeviceID ?? '';
  await mapStorage(session, await viosNamed(session, vios), guest, {
    logicalUnit: { uniqueDeviceID, unitName: name },
  });
  return uniqueDeviceID;
}

/** The disk of the array's LUN 1, 20 GB, which every VIOS sees. */
export async function mapSharedDisk(session: Session, vios: string, guest: Couple['guest']): Promise<string> {
  const found = await viosNamed(session, vios);
  const { value } = await session.get(VirtualIOServer, found.id, { groups: ['ViosStorage'] });
  const volume = value.physicalVolumes.find(({ volumeCapacity }) => volumeCapacity === 20 * 1024);
  assert.ok(volume?.volumeName !== undefined);
  await mapStorage(session, found, guest, { physicalVolume: { volumeName: volume.volumeName } });
  return volume.uniqueDeviceID ?? '';
}

export async function attachPair(session: Session, vios: string, guest: Couple['guest'], portName: string) {
  const found = await viosNamed(session, vios);
  await session.commit(VirtualIOServer, found.id, ['ViosFCMapping'], (value) => {
    value.virtualFibreChannelMappings.add({
      associatedLogicalPartition: `${session.endpoint}/rest/api/uom/LogicalPartition/${guest.id}`,
      clientAdapter: { adapterType: 'Client', useNextAvailableSlotID: true },
      port: { portName },
      serverAdapter: { adapterType: 'Server', useNextAvailableSlotID: true },
    });
  });
}

export async function plugIn(
  session: Session,
  guest: Couple['guest'],
  portVLANID: number,
  name = 'ETHERNET0',
) {
  const [system] = await session.list(ManagedSystem);
  const parent = { type: ManagedSystem, id: system?.id ?? '' };
  const switches = await session.list(VirtualSwitch, { parent });
  const found = switches.find(({ value }) => value.switchName === name);
  return session.create(
    ClientNetworkAdapter,
    {
      useNextAvailableHighSlotID: true,
      portVLANID,
      taggedVLANSupported: false,
      associatedVirtualSwitch: [`${session.endpoint}${found?.path.replace(/\?.*/, '')}`],
    },
    { parent: { type: LogicalPartition, id: guest.id } },
  );
}

/** A vNIC backed by these ports, `[VIOS, adapter, port]`, the first preferred. */
export async function addVnic(
  session: Session,
  guest: Couple['guest'],
  ports: readonly (readonly [vios: string, adapter: number, port: number])[],
  capacity = 10,
) {
  const devices = await Promise.all(
    ports.map(async ([name, relatedSRIOVAdapterID, relatedSRIOVPhysicalPortID], index) => ({
      associatedVirtualIOServer: `${session.endpoint}/rest/api/uom/VirtualIOServer/${(await viosNamed(session, name)).id}`,
      failOverPriority: 10 * (index + 1),
      relatedSRIOVAdapterID,
      relatedSRIOVPhysicalPortID,
      currentCapacityPercentage: capacity,
    })),
  );
  return session.create(
    VirtualNICDedicated,
    {
      useNextAvailableHighSlotID: true,
      details: { portVLANID: 12, allowedVLANIDs: 'NONE' },
      associatedBackingDevices: devices.map((device) => ({ virtualNICSRIOVBackingDevice: [device] })),
    },
    { parent: { type: LogicalPartition, id: guest.id } },
  );
}

/** Powers the guest on and waits for its RMC connection. */
export async function bringUp(session: Session, guest: Couple['guest']): Promise<void> {
  await session.runJob({ type: LogicalPartition, id: guest.id, operation: 'PowerOn' });
  await eventually(async () => {
    const { value } = await session.get(LogicalPartition, guest.id);
    return value.resourceMonitoringControlState === 'active' ? value : undefined;
  });
}

export function migrationJob(
  session: Session,
  guest: { readonly id: string },
  operation: 'Migrate' | 'MigrateValidate' | 'MigrateAbort' | 'MigrateRecover',
  parameters: Record<string, string> = {},
) {
  const remote = {
    TargetManagedSystemName: 'sim2',
    TargetRemoteHMCIPAddress: '127.0.0.1',
    TargetRemoteHMCUserID: 'wlp',
  };
  const own = operation.startsWith('MigrateA') || operation.startsWith('MigrateR') ? {} : remote;
  return session.runJob({
    type: LogicalPartition,
    id: guest.id,
    operation,
    parameters: { ...own, ...parameters },
  });
}

/** The console's message of a job that must fail. */
export async function failure(job: Promise<unknown>): Promise<string> {
  try {
    await job;
  } catch (error) {
    const known = PowerVMError.from(error);
    assert.equal(known.code, 'PVM_JOB_FAILED', known.message);
    return known.consoleMessage ?? '';
  }
  throw new assert.AssertionError({ message: 'the job did not fail' });
}

/** What the simulator knows about the guest, by system. */
export function whereabouts(
  simulator: Simulator,
): Record<string, { state: string; migration: string; id: number }> {
  return Object.fromEntries(
    simulator
      .inspect()
      .systems.flatMap((system) =>
        system.partitions
          .filter(({ name }) => name === 'guest')
          .map(({ state, migrationState, id }) => [system.name, { state, migration: migrationState, id }]),
      ),
  );
}
