import { hmcBehaviours } from './console/hmc.js';
import { deviceBehaviours } from './devices/linux-devices.js';
import { documentBehaviours } from './documents/check-children.js';
import { eventBehaviours } from './events/event-queues.js';
import { fileBehaviours } from './files/file-descriptors.js';
import { cloneUuidBehaviours } from './jobs/clone-uuid-job.js';
import { currentProfileBehaviours } from './jobs/current-profile-job.js';
import { jobBehaviours } from './jobs/job-engine.js';
import { luaBehaviours } from './jobs/lua-recovery-job.js';
import { panelBehaviours } from './jobs/panel-function-job.js';
import { placementBehaviours } from './jobs/placement-job.js';
import { reservedMemoryBehaviours } from './jobs/reserved-memory-job.js';
import { latencyBehaviours } from './latency/request-latency.js';
import { monitorBehaviours } from './pcm/monitor.js';
import { groupBehaviours } from './resources/groups.js';
import { sessionBehaviours } from './sessions/sessions.js';
import { stateBehaviours } from './state/resume.js';
import { terminalBehaviours } from './terminal/terminals.js';
import { adapterBehaviours } from './world/adapter-lifecycle.js';
import { backingObjectBehaviours } from './world/backing-object.js';
import type { Behaviour } from './world/behaviour.js';
import { bridgeTrafficBehaviours } from './world/bridge-traffic.js';
import { bridgeBehaviours } from './world/bridge-update.js';
import { capacityBehaviours } from './world/capacity.js';
import { changeBehaviours } from './world/changes.js';
import { clusterBehaviours } from './world/cluster-lifecycle.js';
import { coManagementBehaviours } from './world/co-management.js';
import { controlChannelBehaviours } from './world/control-channel.js';
import { enterprisePoolBehaviours } from './world/enterprise-pool-capacity.js';
import { fibreChannelBehaviours } from './world/fibre-channel-update.js';
import { iscsiBehaviours } from './world/iscsi/iscsi-session.js';
import { loadBehaviours } from './world/load.js';
import { logicalUnitBehaviours } from './world/logical-unit-lifecycle.js';
import { memoryBehaviours } from './world/memory.js';
import { migrationBehaviours } from './world/migration/behaviours.js';
import { novaLinkHostBehaviours } from './world/novalink-host.js';
import { partitionBehaviours } from './world/partition-lifecycle.js';
import { partitionRuleBehaviours } from './world/partition-rules.js';
import { updateBehaviours } from './world/partition-update.js';
import { persistentMemoryBehaviours } from './world/persistent-memory-lifecycle.js';
import { poolCapacityBehaviours } from './world/pool-capacity.js';
import { powerBehaviours } from './world/power.js';
import { poolBehaviours } from './world/processor-pool.js';
import { rmcBehaviours } from './world/rmc.js';
import { scsiBusBehaviours } from './world/scsi-bus.js';
import { scsiBehaviours } from './world/scsi-update.js';
import { slotBehaviours } from './world/slots.js';
import { sriovBehaviours } from './world/sriov-lifecycle.js';
import { arrayBehaviours } from './world/storage-array.js';
import { viosBehaviours } from './world/vios-lifecycle.js';
import { networkBehaviours } from './world/virtual-network-lifecycle.js';
import { serialNumberBehaviours } from './world/virtual-serial-number.js';
import { vnicBehaviours } from './world/vnic-lifecycle.js';
import { volumeGroupBehaviours } from './world/volume-group-update.js';
import { wwpnBehaviours } from './world/wwpns.js';

/** What the simulator does, with the evidence for it. */
export const behaviours: readonly Behaviour[] = [
  ...sessionBehaviours,
  ...documentBehaviours,
  ...groupBehaviours,
  ...jobBehaviours,
  ...reservedMemoryBehaviours,
  ...panelBehaviours,
  ...currentProfileBehaviours,
  ...cloneUuidBehaviours,
  ...placementBehaviours,
  ...coManagementBehaviours,
  ...eventBehaviours,
  ...fileBehaviours,
  ...changeBehaviours,
  ...partitionBehaviours,
  ...viosBehaviours,
  ...novaLinkHostBehaviours,
  ...backingObjectBehaviours,
  ...serialNumberBehaviours,
  ...partitionRuleBehaviours,
  ...updateBehaviours,
  ...capacityBehaviours,
  ...memoryBehaviours,
  ...persistentMemoryBehaviours,
  ...poolBehaviours,
  ...enterprisePoolBehaviours,
  ...slotBehaviours,
  ...latencyBehaviours,
  ...terminalBehaviours,
  ...powerBehaviours,
  ...migrationBehaviours,
  ...rmcBehaviours,
  ...adapterBehaviours,
  ...networkBehaviours,
  ...bridgeBehaviours,
  ...controlChannelBehaviours,
  ...bridgeTrafficBehaviours,
  ...scsiBehaviours,
  ...scsiBusBehaviours,
  ...deviceBehaviours,
  ...volumeGroupBehaviours,
  ...logicalUnitBehaviours,
  ...clusterBehaviours,
  ...poolCapacityBehaviours,
  ...arrayBehaviours,
  ...iscsiBehaviours,
  ...fibreChannelBehaviours,
  ...wwpnBehaviours,
  ...luaBehaviours,
  ...sriovBehaviours,
  ...vnicBehaviours,
  ...loadBehaviours,
  ...hmcBehaviours,
  ...monitorBehaviours,
  ...stateBehaviours,
];

/** What nobody has seen a real console do. */
export function assumptions(): Behaviour[] {
  return behaviours.filter((behaviour) => behaviour.evidence === undefined);
}
