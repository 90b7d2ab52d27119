import type { SpawnParams } from '../../contract/index.js';
import type { Step } from '../../flow/index.js';
import type { Host } from '../../host/host.js';
import { vifDriverOf } from '../../network/vif-driver.js';
import {
  checkCapacity,
  needsProcessorPools,
  type PartitionPlan,
  planPartition,
} from '../../partition/plan.js';
import { type DiskPlan, planDisks } from '../../storage/disk-plan.js';

export interface DeploymentPlan {
  readonly partition: PartitionPlan;
  readonly disks: DiskPlan;
}

/** Finds everything that is wrong with the request before anything is made, and whether it fits (FLV-10). */
export function planDeployment(host: Host, params: SpawnParams): Step<DeploymentPlan> {
  const { instance, image, blockDevices, vifs } = params;
  return {
    async run(call) {
      const disks = planDisks(instance, image, blockDevices);
      for (const vif of vifs) vifDriverOf(vif).check?.(vif);
      const pools = needsProcessorPools(instance) ? await host.system.processorPools(call) : [];
      const facts = await host.system.facts(call);
      const partition = planPartition({ instance, image, host: facts, options: host.options, pools });
      checkCapacity(partition, facts);
      return { partition, disks };
    },
  };
}
