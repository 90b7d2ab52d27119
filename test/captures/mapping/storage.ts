import {
  ClientAdapter,
  Cluster,
  type Lens,
  LogicalUnit,
  LogicalVolumeVirtualTargetDevice,
  Node,
  PhysicalVolume,
  PhysicalVolumeVirtualTargetDevice,
  ServerAdapter,
  SharedStoragePool,
  SharedStoragePoolLogicalUnitVirtualTargetDevice,
  type Storage,
  type TargetDevice,
  Tier,
  uuidOf,
  VirtualDisk,
  VirtualFibreChannelClientAdapter,
  VirtualFibreChannelMapping,
  VirtualMediaRepository,
  VirtualOpticalMedia,
  VirtualOpticalTargetDevice,
  VirtualSCSIBus,
  VirtualSCSIMapping,
  VirtualSCSIStorageAndTargetDevice,
  VolumeGroup,
} from '@openstack-powervm/rest';
import { type ClassMapping, mapped, mappedResource } from './table.js';

const storageOf = (storage: Storage | undefined) =>
  storage?.physicalVolume ?? storage?.virtualDisk ?? storage?.virtualOpticalMedia ?? storage?.logicalUnit;

const targetOf = (target: TargetDevice | undefined) =>
  target?.physicalVolumeVirtualTargetDevice ??
  target?.logicalVolumeVirtualTargetDevice ??
  target?.virtualOpticalTargetDevice ??
  target?.sharedStoragePoolLogicalUnitVirtualTargetDevice;

/** The other client has WWPN pairs as upper-case lists. */
const wwpns = (text: string | undefined) => text?.toUpperCase().trim().split(/\s+/);

const target = {
  lua: (t: { readonly logicalUnitAddress: string | undefined }) => t.logicalUnitAddress,
  name: (t: { readonly targetName: string | undefined }) => t.targetName,
};

/** The other client leaves this boolean as text. */
const variedOn = (a: { readonly variedOn: boolean | undefined }) => a.variedOn?.toString();

const disk = {
  emulate_model: (d: { readonly emulateModel: boolean | undefined }) => d.emulateModel ?? true,
  tag: (d: { readonly tag: string | undefined }) => d.tag,
  udid: (d: { readonly uniqueDeviceID: string | undefined }) => d.uniqueDeviceID,
};

const limits = {
  read_iops_limit: (d: { readonly readIOPS: number | undefined }) => d.readIOPS,
  write_iops_limit: (d: { readonly writeIOPS: number | undefined }) => d.writeIOPS,
};

const unit = {
  ...disk,
  capacity: (u: Lens<typeof LogicalUnit>) => u.unitCapacity,
  cloned_from_udid: (u: Lens<typeof LogicalUnit>) => u.clonedFrom,
  in_use: (u: Lens<typeof LogicalUnit>) => u.inUse ?? false,
  is_thin: (u: Lens<typeof LogicalUnit>) => u.thinDevice ?? false,
  lu_type: (u: Lens<typeof LogicalUnit>) => u.logicalUnitType,
  name: (u: Lens<typeof LogicalUnit>) => u.unitName,
};

export const storageMappings: Readonly<Record<string, ClassMapping>> = {
  'storage.VG': mappedResource(VolumeGroup, {
    available_size: (g) => g.availableSize,
    capacity: (g) => g.groupCapacity,
    free_space: (g) => g.freeSpace,
    name: (g) => g.groupName,
    phys_vols: (g) => g.physicalVolumes,
    serial_id: (g) => g.groupSerialID,
    virtual_disks: (g) => g.virtualDisks,
    vmedia_repos: (g) => g.mediaRepositories,
  }),
  'storage.VMediaRepos': mapped(VirtualMediaRepository, {
    name: (r) => r.repositoryName,
    optical_media: (r) => r.opticalMedia,
    size: (r) => r.repositorySize,
  }),
  'storage.VOptMedia': mapped(VirtualOpticalMedia, {
    media_name: (m) => m.mediaName,
    mount_type: (m) => m.mountType,
    name: (m) => m.mediaName,
    size: (m) => m.size,
    udid: (m) => m.mediaUDID,
  }),
  'storage.VDisk': mapped(VirtualDisk, {
    ...disk,
    ...limits,
    backstore_type: (d) => d.backStoreType,
    capacity: (d) => d.diskCapacity,
    file_format: (d) => d.fileFormat,
    label: (d) => d.diskLabel,
    name: (d) => d.diskName,
    vdtype: (d) => d.virtualDiskType,
    vg_uri: (d) => d.volumeGroup,
  }),
  'storage.PV': mapped(PhysicalVolume, {
    ...disk,
    ...limits,
    avail_for_use: (v) => v.availableForUsage ?? false,
    capacity: (v) => v.volumeCapacity,
    description: (v) => v.description,
    is_fc_backed: (v) => v.isFibreChannelBacked ?? false,
    loc_code: (v) => v.locationCode,
    name: (v) => v.volumeName,
    // Base64 of the identifier in hexadecimal; without it the other client would start a job.
    pg83: (v) =>
      v.descriptorPage83 ? Buffer.from(v.descriptorPage83, 'base64').toString('latin1') : undefined,
    state: (v) => v.volumeState,
  }),
  'storage.LU': mapped(LogicalUnit, unit),
  'storage.LUEnt': mappedResource(LogicalUnit, unit),
  'storage.SSP': mappedResource(SharedStoragePool, {
    capacity: (p) => p.capacity,
    free_space: (p) => p.freeSpace,
    logical_units: (p) => p.logicalUnits,
    name: (p) => p.storagePoolName,
    over_commit_space: (p) => p.overCommitSpace,
    physical_volumes: (p) => p.physicalVolumes,
    total_lu_size: (p) => p.totalLogicalUnitSize,
    udid: (p) => p.uniqueDeviceID,
  }),
  'storage.Tier': mappedResource(Tier, {
    capacity: (t) => t.capacity,
    is_default: (t) => t.isDefault ?? false,
    name: (t) => t.name,
    ssp_uuid: (t) => uuidOf(t.associatedSharedStoragePool),
    udid: (t) => t.uniqueDeviceID,
  }),
  'cluster.Cluster': mappedResource(Cluster, {
    id: (c) => c.clusterID,
    name: (c) => c.clusterName,
    nodes: (c) => c.node,
    repos_pv: (c) => c.repositoryDisk.at(0),
    ssp_uri: (c) => c.clusterSharedStoragePool,
    ssp_uuid: (c) => uuidOf(c.clusterSharedStoragePool),
  }),
  'cluster.Node': mapped(Node, {
    hostname: (n) => n.hostName,
    lpar_id: (n) => n.partitionID,
    mtms: (n) => n.machineTypeModelAndSerialNumber,
    state: (n) => n.state,
    vios_uri: (n) => n.virtualIOServer,
    vios_uuid: (n) => uuidOf(n.virtualIOServer),
  }),
  'storage.PVTargetDev': mapped(PhysicalVolumeVirtualTargetDevice, target),
  'storage.VDiskTargetDev': mapped(LogicalVolumeVirtualTargetDevice, target),
  'storage.VOptTargetDev': mapped(VirtualOpticalTargetDevice, target),
  'storage.LUTargetDev': mapped(SharedStoragePoolLogicalUnitVirtualTargetDevice, target),
  'virtual_io_server.VSCSIMapping': mapped(VirtualSCSIMapping, {
    backing_storage: (m) => storageOf(m.storage),
    client_adapter: (m) => m.clientAdapter,
    client_lpar_href: (m) => m.associatedLogicalPartition,
    server_adapter: (m) => m.serverAdapter,
    target_dev: (m) => targetOf(m.targetDevice),
  }),
  'virtual_io_server.VFCMapping': mapped(VirtualFibreChannelMapping, {
    backing_port: (m) => m.port,
    client_adapter: (m) => m.clientAdapter,
    client_lpar_href: (m) => m.associatedLogicalPartition,
    server_adapter: (m) => m.serverAdapter,
  }),
  'virtual_io_server.VSCSIBus': mappedResource(VirtualSCSIBus, {
    client_adapter: (b) => b.clientAdapter,
    client_lpar_href: (b) => b.associatedLogicalPartition,
    mappings: (b) => b.associatedMappings,
    server_adapter: (b) => b.serverAdapter,
  }),
  'virtual_io_server.STDev': mapped(VirtualSCSIStorageAndTargetDevice, {
    backing_storage: (d) => storageOf(d.storage),
    target_dev: (d) => targetOf(d.targetDevice),
  }),
  'storage.VSCSIClientAdapterElement': mapped(ClientAdapter, {
    is_varied_on: variedOn,
    loc_code: (a) => a.locationCode,
    lpar_id: (a) => a.localPartitionID,
    lpar_slot_num: (a) => a.virtualSlotNumber,
    side: (a) => a.adapterType,
    vios_id: (a) => a.remoteLogicalPartitionID,
    vios_slot_num: (a) => a.remoteSlotNumber,
  }),
  'storage.VSCSIServerAdapterElement': mapped(ServerAdapter, {
    backing_dev_name: (a) => a.backingDeviceName,
    is_varied_on: variedOn,
    loc_code: (a) => a.locationCode,
    lpar_id: (a) => a.remoteLogicalPartitionID,
    lpar_slot_num: (a) => a.remoteSlotNumber,
    name: (a) => a.adapterName,
    side: (a) => a.adapterType,
    udid: (a) => a.uniqueDeviceID,
    vios_id: (a) => a.localPartitionID,
    vios_slot_num: (a) => a.virtualSlotNumber,
  }),
  'storage.VFCClientAdapterElement': mapped(ClientAdapter, {
    is_varied_on: variedOn,
    loc_code: (a) => a.locationCode,
    lpar_id: (a) => a.localPartitionID,
    lpar_slot_num: (a) => a.virtualSlotNumber,
    side: (a) => a.adapterType,
    vios_id: (a) => a.connectingPartitionID,
    vios_slot_num: (a) => a.connectingVirtualSlotNumber,
    wwpns: (a) => wwpns(a.wwpns),
  }),
  'storage.VFCServerAdapterElement': mapped(ServerAdapter, {
    is_varied_on: variedOn,
    loc_code: (a) => a.locationCode,
    lpar_id: (a) => a.connectingPartitionID,
    lpar_slot_num: (a) => a.connectingVirtualSlotNumber,
    map_port: (a) => a.mapPort,
    name: (a) => a.adapterName,
    side: (a) => a.adapterType,
    udid: (a) => a.uniqueDeviceID,
    vios_id: (a) => a.localPartitionID,
    vios_slot_num: (a) => a.virtualSlotNumber,
  }),
  'storage.VFCClientAdapter': mappedResource(VirtualFibreChannelClientAdapter, {
    loc_code: (a) => a.locationCode,
    lpar_id: (a) => a.localPartitionID,
    lpar_slot_num: (a) => a.virtualSlotNumber,
    side: (a) => a.adapterType,
    vios_id: (a) => a.connectingPartitionID,
    vios_slot_num: (a) => a.connectingVirtualSlotNumber,
    wwpns: (a) => wwpns(a.wwpns),
    // The stand-alone resource has no such element in any capture.
    is_varied_on: () => undefined,
  }),
};
