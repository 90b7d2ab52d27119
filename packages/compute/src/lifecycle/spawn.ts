import type { SpawnParams, Updates } from '../contract/index.js';
import { type Flow, type Operation, runFlow } from '../flow/index.js';
import type { Host } from '../host/host.js';
import type { Partition } from '../partition/partition.js';
import type { Attachment } from '../storage/attach.js';
import type { DiskPlan } from '../storage/disk-plan.js';
import { attachConfigDrive } from './steps/attach-config-drive.js';
import { createEmptyDisks, createImageDisk } from './steps/create-disks.js';
import { createPartition } from './steps/create-partition.js';
import { mapDisks } from './steps/map-storage.js';
import { planDeployment } from './steps/plan-deployment.js';
import { plugManagement, plugNetwork } from './steps/plug-network.js';
import { setBootSlots } from './steps/set-boot-slots.js';

/** Where the management MAC survives a rebuild (MGT-2, RBLD-2). */
export const managementMacKey = 'mgmt_interface_mac';

export const spawnSteps = [
  'plan deployment',
  'create partition',
  'plug network interfaces',
  'plug management interface',
  'create boot disk',
  'create empty disks',
  'upload config drive',
  'map disks',
  'set boot slots',
] as const;

interface Deployment {
  readonly flow: Flow<(typeof spawnSteps)[number]>;
  readonly host: Host;
  readonly operation: Operation;
  readonly params: SpawnParams;
}

/**
 * Deploys an instance: everything but power-on, because Nova waits for the network in between (section 4.1,
 * design 3.5). Network and storage are prepared side by side. When anything fails, nothing stays behind.
 */
export async function spawn(host: Host, operation: Operation, params: SpawnParams): Promise<Updates> {
  return runFlow(operation, spawnSteps, async (flow) => {
    const deployment = { flow, host, operation, params };
    const { partition: plan, disks } = await flow.step('plan deployment', planDeployment(host, params));
    const partition = await flow.step('create partition', createPartition(host, plan));
    const [, attachments] = await flow.together(
      () => prepareNetwork(deployment, partition),
      () => prepareStorage(deployment, disks),
    );
    const vioses = await flow.step('map disks', mapDisks(host, operation, partition, attachments));
    if (plan.type === 'OS400') await flow.step('set boot slots', setBootSlots(host, partition, vioses));
    const { managementMac } = params;
    return { systemMetadata: managementMac === null ? {} : { [managementMacKey]: managementMac } };
  });
}

async function prepareNetwork(
  { flow, host, operation, params }: Deployment,
  partition: Partition,
): Promise<void> {
  const { vifs, managementMac } = params;
  if (vifs.length > 0)
    await flow.step('plug network interfaces', plugNetwork(host, operation, partition, vifs));
  if (managementMac !== null)
    await flow.step('plug management interface', plugManagement(host, operation, partition, managementMac));
}

/** Disks and config drive are made at the same time too: they are different objects of the VIOS. */
async function prepareStorage(deployment: Deployment, disks: DiskPlan): Promise<readonly Attachment[]> {
  const { flow, host, params } = deployment;
  const { instance, configDrivePath } = params;
  const [fromDisks, fromDrive] = await flow.together(
    () => createDisks(deployment, disks),
    async () =>
      configDrivePath === null
        ? []
        : flow.step('upload config drive', attachConfigDrive(host, instance, configDrivePath)),
  );
  return [...fromDisks, ...fromDrive];
}

async function createDisks(
  { flow, host, operation, params }: Deployment,
  { bootGb, empty }: DiskPlan,
): Promise<readonly Attachment[]> {
  const boot =
    bootGb === undefined
      ? []
      : await flow.step(
          'create boot disk',
          createImageDisk(host, operation, params, { kind: 'boot', sizeGb: bootGb }),
        );
  const further =
    empty.length === 0
      ? []
      : await flow.step('create empty disks', createEmptyDisks(host, params.instance, empty));
  return [...boot, ...further];
}
