import { Image, ImageAccess, Instance } from '@openstack-powervm/compute';
import { z } from 'zod';
import { method, Nothing } from './method.js';

/** Nova's resource dictionary under Nova's own names (RES-1 … RES-10). */
export const ResourceReport = z.object({
  vcpus: z.number().int(),
  vcpus_used: z.number().int(),
  /** MB */
  memory_mb: z.number().int(),
  memory_mb_used: z.number().int(),
  /** GB */
  local_gb: z.number(),
  local_gb_used: z.number(),
  hypervisor_type: z.string(),
  hypervisor_version: z.number().int(),
  hypervisor_hostname: z.string(),
  /** JSON text */
  cpu_info: z.string(),
  /** PowerVM places processors itself. */
  numa_topology: z.null(),
  supported_instances: z.array(z.tuple([z.string(), z.string(), z.string()]).readonly()).readonly(),
  stats: z.record(z.string(), z.string()).readonly(),
  /** JSON text */
  pci_passthrough_devices: z.string(),
});

/** One placement inventory; reserved amounts and ratios are Nova's and are added by the plug-in (PLC-1, PLC-2). */
export const InventoryRecord = z.object({
  total: z.number().int().nonnegative(),
  maxUnit: z.number().int().positive(),
  minUnit: z.number().int().positive().default(1),
  stepSize: z.number().int().positive().default(1),
});

export const Inventory = z.object({
  VCPU: InventoryRecord,
  MEMORY_MB: InventoryRecord,
  /** Absent when the disks are a pool that another provider reports (PLC-5). */
  DISK_GB: InventoryRecord.optional(),
  /** Traits that this driver owns and the host has (PLC-6). */
  traits: z.array(z.string()).default([]),
  /** Traits that this driver owns and the host does not have: removed when found. */
  absentTraits: z.array(z.string()).default([]),
});

/** The answer of `initHost`. */
export const HostFacts = z.object({
  /** Becomes the capability `has_imagecache` (INIT-6). */
  hasImageCache: z.boolean().default(false),
});

/** What identifies storage shared between hosts (HOST-10); opaque to Nova. */
export const SharedStorage = z.record(z.string(), z.unknown());

export const hostMethods = {
  initHost: method('initHost', {}, HostFacts, {
    summary: 'Connect to the platform and make the host ready; repeated calls are harmless',
  }),
  cleanupHost: method('cleanupHost', {}, Nothing, { summary: 'The compute service stops' }),
  getInfo: method('getInfo', { uuid: z.uuid() }, z.object({ state: z.number().int() }), {
    summary: "Nova's power state of one instance",
    whenCallerLeaves: 'abort',
  }),
  listInstances: method('listInstances', {}, z.array(z.string()), {
    summary: 'Names of all client partitions, managed by Nova or not',
    whenCallerLeaves: 'abort',
  }),
  listInstanceUuids: method('listInstanceUuids', {}, z.array(z.string()), {
    summary: 'Instance UUIDs of the partitions that Nova manages',
    whenCallerLeaves: 'abort',
  }),
  instanceExists: method('instanceExists', { uuid: z.uuid() }, z.boolean(), {
    summary: 'Whether the partition of an instance is on this host',
    whenCallerLeaves: 'abort',
  }),
  instanceOnDisk: method('instanceOnDisk', { instance: Instance }, z.boolean(), {
    summary: 'Whether the boot disk of an instance is reachable from this host',
    whenCallerLeaves: 'abort',
  }),
  getAvailableResource: method('getAvailableResource', {}, ResourceReport, {
    summary: "Nova's resource dictionary",
    whenCallerLeaves: 'abort',
  }),
  getInventory: method('getInventory', {}, Inventory, {
    summary: 'Placement inventories and traits, from the last resource report (PLC-3)',
    whenCallerLeaves: 'abort',
  }),
  getHostCpuStats: method(
    'getHostCpuStats',
    {},
    z.object({
      kernel: z.number(),
      user: z.number(),
      idle: z.number(),
      iowait: z.number(),
      frequency: z.number().int(),
    }),
    { summary: 'Running totals of processor use', whenCallerLeaves: 'abort' },
  ),
  getVolumeConnector: method(
    'getVolumeConnector',
    { instance: Instance.nullable() },
    z.record(z.string(), z.unknown()),
    {
      summary: 'Initiator facts for Cinder',
      whenCallerLeaves: 'abort',
    },
  ),
  checkSharedStorageLocal: method(
    'checkSharedStorageLocal',
    { instance: Instance },
    SharedStorage.nullable(),
    {
      summary: 'What identifies the shared storage of this host; null when storage is local',
      whenCallerLeaves: 'abort',
    },
  ),
  checkSharedStorageRemote: method('checkSharedStorageRemote', { data: SharedStorage }, z.boolean(), {
    summary: 'Whether this host has the storage that the other host described',
    whenCallerLeaves: 'abort',
  }),
  manageImageCache: method('manageImageCache', { usedImageIds: z.array(z.string()) }, Nothing, {
    summary: 'Remove cached images that no instance on this host uses',
  }),
  cacheImage: method('cacheImage', { image: Image, imageAccess: ImageAccess }, z.boolean(), {
    summary: 'Put an image into the cache; true when it was not there before',
    whenCallerLeaves: 'abort',
  }),
};
