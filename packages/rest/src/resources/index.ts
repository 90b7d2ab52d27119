/** The declarations of every resource and of the elements they hold. */
export { Event } from './console/event.js';
export { File } from './console/file.js';
export { HttpErrorResponse } from './console/http-error.js';
export {
  DiscreteProgress,
  JobParameter,
  JobRequest,
  JobResponse,
  NLSMessage,
  NLSStaticMessage,
  Progress,
  RequestedOperation,
  ResponseException,
} from './console/job.js';
export { LogonRequest, LogonResponse } from './console/logon.js';
export {
  AuthorizedKeys,
  ManagementConsole,
  ManagementConsoleNetworkInterface,
  ModelVersion,
} from './console/management-console.js';
export { MachineTypeModelSerialNumber, ManagedSystemPcmPreference } from './console/pcm-preference.js';
export {
  PowerEnterprisePool,
  PowerEnterprisePoolManagementConsole,
  PowerEnterprisePoolMember,
} from './enterprise-pool/enterprise-pool.js';
export { ClientNetworkAdapter } from './network/client-network-adapter.js';
export { BackingDeviceChoice, EthernetBackingDevice } from './network/ethernet-backing-device.js';
export { IPInterface } from './network/ip-interface.js';
export { LoadGroup } from './network/load-group.js';
export { NetworkBridge } from './network/network-bridge.js';
export { SharedEthernetAdapter } from './network/shared-ethernet-adapter.js';
export { physicalPortsOf, SRIOVAdapter, SRIOVUnconfiguredLogicalPort } from './network/sriov-adapter.js';
export { SRIOVEthernetLogicalPort } from './network/sriov-logical-port.js';
export {
  SRIOVConvergedNetworkAdapterPhysicalPort,
  SRIOVEthernetPhysicalPort,
  SRIOVRoCEPhysicalPort,
  sriovEthernetPortFields,
} from './network/sriov-physical-port.js';
export { TrunkAdapter } from './network/trunk-adapter.js';
export { VirtualNetwork } from './network/virtual-network.js';
export {
  VirtualNICBackingDeviceChoice,
  VirtualNICDedicated,
  VirtualNICDetails,
  VirtualNICSRIOVBackingDevice,
} from './network/virtual-nic.js';
export { VirtualSwitch } from './network/virtual-switch.js';
export { BootListInformation } from './partition/boot-list.js';
export { LogicalPartition } from './partition/logical-partition.js';
export { HostEthernetAdapterLogicalPorts, partitionFields } from './partition/partition.js';
export { PartitionCapabilities } from './partition/partition-capabilities.js';
export {
  AssociatedIOSlot,
  EthernetAdapterCapabilities,
  PartitionIOConfiguration,
  ProfileIOSlot,
  TaggedIO,
} from './partition/partition-io.js';
export { PartitionMemoryConfiguration } from './partition/partition-memory.js';
export { PartitionPersistentMemoryConfiguration } from './partition/partition-persistent-memory.js';
export {
  CurrentDedicatedProcessorConfiguration,
  CurrentSharedProcessorConfiguration,
  DedicatedProcessorConfiguration,
  PartitionProcessorConfiguration,
  SharedProcessorConfiguration,
} from './partition/partition-processors.js';
export {
  ProfileClientNetworkAdapter,
  ProfileTrunkAdapter,
  ProfileVirtualFibreChannelServerAdapter,
  ProfileVirtualIOAdapterSubclass,
  ProfileVirtualSCSIClientAdapter,
  ProfileVirtualSCSIServerAdapter,
} from './partition/profile-virtual-adapters.js';
export { VirtualIOServer } from './partition/virtual-io-server.js';
export { Cluster, Node } from './storage/cluster.js';
export { EncryptionAgent, LUKSEncryptor } from './storage/encryption.js';
export { VirtualFibreChannelClientAdapter } from './storage/fibre-channel-client-adapter.js';
export { VirtualFibreChannelMapping } from './storage/fibre-channel-mapping.js';
export { PhysicalFibreChannelAdapter, PhysicalFibreChannelPort } from './storage/fibre-channel-port.js';
export { LogicalUnit } from './storage/logical-unit.js';
export { VirtualMediaRepository, VirtualOpticalMedia } from './storage/media-repository.js';
export { PhysicalVolume } from './storage/physical-volume.js';
export { VirtualSCSIBus, VirtualSCSIStorageAndTargetDevice } from './storage/scsi-bus.js';
export { VirtualSCSIMapping } from './storage/scsi-mapping.js';
export { SharedStoragePool } from './storage/shared-storage-pool.js';
export { Storage } from './storage/storage.js';
export {
  LogicalVolumeVirtualTargetDevice,
  PhysicalVolumeVirtualTargetDevice,
  SharedStoragePoolLogicalUnitVirtualTargetDevice,
  TargetDevice,
  targetDeviceFields,
  VirtualOpticalTargetDevice,
} from './storage/target-device.js';
export { FailureGroup, Tier } from './storage/tier.js';
export { ClientAdapter, ServerAdapter } from './storage/virtual-adapters.js';
export { VirtualDisk } from './storage/virtual-disk.js';
export { VolumeGroup } from './storage/volume-group.js';
export { IOAdapter } from './system/io-adapter.js';
export { IOAdapterChoice } from './system/io-adapter-choice.js';
export { IOBus, IOSlot, RelatedIBMiIOSlot, RelatedIOAdapter } from './system/io-slot.js';
export { MachineTypeModelAndSerialNumber } from './system/machine-type.js';
export { ManagedSystem } from './system/managed-system.js';
export {
  PersistentMemoryDevice,
  PersistentMemoryVolume,
  VirtualPersistentMemoryVolume,
} from './system/persistent-memory.js';
export { SharedProcessorPool } from './system/shared-processor-pool.js';
export { AssociatedIPLConfiguration } from './system/system-boot.js';
export { AssociatedSystemCapabilities } from './system/system-capabilities.js';
export { AssociatedSystemIOConfiguration, AssociatedSystemVirtualNetwork } from './system/system-io.js';
export { AssociatedSystemMemoryConfiguration } from './system/system-memory.js';
export { SystemMigrationInformation } from './system/system-migration.js';
export { SystemPersistentMemoryConfiguration } from './system/system-persistent-memory.js';
export { AssociatedSystemProcessorConfiguration } from './system/system-processors.js';
export { AssociatedSystemSecurity } from './system/system-security.js';
export { AssociatedSystemVirtualStorage } from './system/system-virtual-storage.js';
export { VirtualSerialNumberInformation } from './system/virtual-serial-number.js';
export { IBMiVirtualSoftwareTier } from './system/virtual-software-tier.js';
