import { LogicalPartition } from '@openstack-powervm/rest';
import type { Flavor, Instance, Updates, WithDevices, WithVifs } from '../contract/index.js';
import { asDriverError, DriverError } from '../errors/index.js';
import { type Operation, runFlow, type Step } from '../flow/index.js';
import type { Host } from '../host/host.js';
import { partitionNameOf, partitionUuidOf, phaseNameOf } from '../partition/naming.js';
import { type PartitionEntity, partitionOf, readPartition } from '../partition/partition.js';
import { checkCapacity, KeptAttributes, needsProcessorPools, planPartition } from '../partition/plan.js';
import { heldResources, keptAttributes, reshape } from '../partition/reshape.js';
import { isStartable } from '../partition/states.js';
import { powerOff, powerOn } from './power.js';

/** Where the attributes of the partition before a resize are noted, for the revert. */
const beforeResizeKey = 'powervm_before_resize';

/** Nova's migration record, as far as a resize needs it. */
export interface Migration {
  readonly sourceHost: string | null;
  readonly destinationHost: string | null;
}

export interface MigrateParams extends WithDevices {
  readonly destination: string;
  readonly sameHost: boolean;
  /** The new flavor. */
  readonly flavor: Flavor;
  /** seconds */
  readonly timeout: number;
}

export interface FinishMigrationParams extends WithDevices {
  readonly migration: Migration;
}

const migrateSteps = ['power off', 'extend root disk', 'rename partition'] as const;
const finishSteps = ['reshape partition'] as const;

/**
 * The source's part of a resize: stop, grow the root disk, and mark the partition by its name (MIG-4). PowerVM
 * cannot hold two partitions of one UUID, so on the same host there is one partition only.
 */
export async function migrateDiskAndPowerOff(
  host: Host,
  operation: Operation,
  params: MigrateParams,
): Promise<{ diskInfo: string }> {
  const { instance, blockDevices, timeout, flavor } = params;
  refuseImpossible(host, params);
  await runFlow(operation, migrateSteps, async (flow) => {
    await flow.step('power off', stopForResize(host, operation, instance, timeout));
    if (!blockDevices.bootFromVolume && flavor.rootGb > instance.flavor.rootGb)
      await flow.step('extend root disk', extendRoot(host, instance, flavor.rootGb));
    await flow.step('rename partition', {
      run: (call) => rename(host, instance, phaseNameOf('resize', instance), call),
      undo: (_result, call) => rename(host, instance, partitionNameOf(instance.name), call),
    });
  });
  return { diskInfo: '{}' };
}

/** MIG-1, MIG-3: what cannot work is refused before the guest is stopped. */
function refuseImpossible(host: Host, { instance, blockDevices, sameHost, flavor }: MigrateParams): void {
  const { rootGb: from } = instance.flavor;
  if (!blockDevices.bootFromVolume && flavor.rootGb < from)
    throw refusal(
      instance,
      `flavor "${flavor.name}" has a root disk of ${flavor.rootGb} GB, the server has ${from} GB, and a disk cannot be made smaller`,
    );
  if (!sameHost)
    throw refusal(
      instance,
      `its disks are on this host (disk_driver ${host.disks.name}); only a resize on the same host is possible`,
    );
}

function refusal(instance: Instance, reason: string): DriverError {
  return new DriverError('PVM_RESIZE_REFUSED', `Instance ${instance.uuid} cannot be resized: ${reason}`, {
    instanceUuid: instance.uuid,
  });
}

async function readForResize(
  { session }: Host,
  { uuid }: Instance,
  { signal }: { signal: AbortSignal },
): Promise<PartitionEntity> {
  try {
    return await readPartition(session, uuid, { signal });
  } catch (thrown) {
    throw asDriverError(thrown, 'PVM_RESIZE_REFUSED', `Instance ${uuid} cannot be resized`);
  }
}

/** When the resize fails the guest runs again as before. */
function stopForResize(host: Host, operation: Operation, instance: Instance, timeout: number): Step<boolean> {
  return {
    async run(call) {
      const wasOff = isStartable(partitionOf(await readForResize(host, instance, call)).state);
      await powerOff(host, { ...operation, signal: call.signal }, { instance, timeout });
      return !wasOff;
    },
    async undo(stopped, call) {
      if (stopped)
        await powerOn(
          host,
          { ...operation, signal: call.signal },
          { instance, firstBoot: false, configDrive: false },
        );
    },
  };
}

/** The disk is not made smaller again when a later step fails (REV-3). */
function extendRoot(host: Host, instance: Instance, sizeGb: number): Step<void> {
  return {
    async run(call) {
      const disk = await host.disks.find('boot', instance, call);
      if (!disk) throw refusal(instance, 'its boot disk was not found');
      try {
        await host.disks.extend(disk, sizeGb, call);
      } catch (thrown) {
        const what = `The root disk of instance ${instance.uuid} cannot be made larger`;
        throw asDriverError(thrown, 'PVM_RESIZE_REFUSED', what);
      }
    },
  };
}

async function rename(
  host: Host,
  instance: Instance,
  name: string,
  call: { signal: AbortSignal },
): Promise<void> {
  const uuid = partitionUuidOf(instance.uuid);
  const edit = (value: PartitionEntity['value']): boolean => {
    if (value.partitionName === name) return false;
    value.partitionName = name;
    return true;
  };
  try {
    await host.session.commit(LogicalPartition, uuid, ['None'], edit, call);
  } catch (thrown) {
    throw asDriverError(
      thrown,
      'PVM_RESIZE_REFUSED',
      `Instance ${instance.uuid} could not be renamed to ${name}`,
    );
  } finally {
    host.partitions.touch(uuid);
  }
}

/** The destination's part, on the same host: the partition gets the new flavor and keeps its mark (FIN-3). */
export async function finishMigration(
  host: Host,
  operation: Operation,
  params: FinishMigrationParams,
): Promise<Updates> {
  const { instance } = params;
  const name = phaseNameOf('resize', instance);
  const before = keptAttributes((await readForResize(host, instance, operation)).value);
  await runFlow(operation, finishSteps, async (flow) => {
    await flow.step('reshape partition', {
      run: (call) => reshapeTo(host, instance, { name, kept: before }, call),
      undo: async (_result, call) => {
        const { oldFlavor: flavor } = instance;
        if (flavor) await reshapeTo(host, { ...instance, flavor }, { name, kept: before }, call);
      },
    });
  });
  return { systemMetadata: { [beforeResizeKey]: JSON.stringify(before) } };
}

/** The resize stays: only the mark goes (CONF-1). */
export async function confirmMigration(
  host: Host,
  operation: Operation,
  { instance }: WithVifs,
): Promise<void> {
  await rename(host, instance, partitionNameOf(instance.name), operation);
}

/** Back to the old flavor, which Nova has put onto the instance again, and to the old name (REV-1). */
export async function finishRevertMigration(
  host: Host,
  operation: Operation,
  { instance }: FinishMigrationParams,
): Promise<Updates> {
  await powerOff(host, operation, { instance, timeout: undefined });
  const kept = attributesBefore(instance);
  await reshapeTo(host, instance, { name: partitionNameOf(instance.name), kept }, operation);
  return {};
}

/** What the partition had before, where the resize got far enough to note it. */
function attributesBefore({ systemMetadata }: Instance): KeptAttributes | undefined {
  const noted = systemMetadata[beforeResizeKey];
  return noted === undefined ? undefined : KeptAttributes.parse(JSON.parse(noted));
}

/** Writes the instance's flavor into its partition; `kept` undefined keeps what the partition has. */
async function reshapeTo(
  host: Host,
  instance: Instance,
  { name, kept }: { name: string; kept: KeptAttributes | undefined },
  call: { signal: AbortSignal },
): Promise<void> {
  try {
    const { value } = await readPartition(host.session, instance.uuid, call);
    const pools = needsProcessorPools(instance) ? await host.system.processorPools(call) : [];
    const facts = await host.system.facts(call);
    const input = { instance, image: null, host: facts, options: host.options, pools };
    const plan = planPartition({ ...input, kept: kept ?? keptAttributes(value) });
    checkCapacity(plan, facts, heldResources(value));
    const edit = (document: typeof value): void => reshape(document, { ...plan, name });
    await host.session.commit(LogicalPartition, plan.uuid, ['None'], edit, call);
    host.partitions.touch(plan.uuid);
  } catch (thrown) {
    throw asDriverError(thrown, 'PVM_RESIZE_REFUSED', `Instance ${instance.uuid} could not be resized`);
  }
}
