import { Vif } from '@openstack-powervm/compute';
import { z } from 'zod';
import { method, Nothing } from './method.js';
import { OfInstance, Updates, WithDevices, WithImage, WithVifs } from './shapes.js';

/** Facts that the config drive of an instance must hold and only the platform side knows (CD-4 … CD-6). */
export const ConfigDriveFacts = z.object({
  /** Lower case; cloud-init compares it with the machine's UUID. */
  partitionUuid: z.string(),
  /** The management adapter the partition will get, if any (MGT-1, MGT-2). */
  management: z.object({ mac: z.string(), ipv6Address: z.string().nullable() }).nullable(),
  /** By port id, the VIF type to write into the network data. */
  vifTypes: z.record(z.string(), z.string()),
});
export type ConfigDriveFacts = z.infer<typeof ConfigDriveFacts>;

/** A counter, or what the platform has not measured. */
const counted = z.number().nullable().default(null);

/** What is known of a partition from outside: its configuration, and counters of the long-term monitor (A21). */
export const Diagnostics = z.object({
  state: z.enum(['pending', 'running', 'paused', 'shutdown', 'crashed', 'suspended']),
  hypervisorOs: z.string().nullable().default(null),
  /** seconds */
  uptime: z.number().int().nullable().default(null),
  vcpus: z.number().int(),
  /** MB */
  memoryMb: z.number().int(),
  memoryUsedMb: z.number().int().nullable().default(null),
  /** Of all virtual processors together. `timeNs` may be larger than a number holds exactly. */
  processors: z
    .object({ timeNs: z.number(), utilisation: z.number().int().nullable().default(null) })
    .nullable()
    .default(null),
  nics: z
    .array(
      z.object({
        /** Neutron form */
        macAddress: z.string(),
        ...{ rxOctets: counted, rxPackets: counted, rxDrop: counted, rxErrors: counted },
        ...{ txOctets: counted, txPackets: counted, txDrop: counted, txErrors: counted },
        /** octets per second */
        ...{ rxRate: counted, txRate: counted },
      }),
    )
    .readonly(),
  /** One for each virtual storage adapter. */
  disks: z
    .array(
      z.object({
        ...{ readBytes: counted, readRequests: counted, writeBytes: counted, writeRequests: counted },
      }),
    )
    .readonly(),
});

const undoParams = { ...WithDevices, configDrive: z.boolean() };

export const lifecycleMethods = {
  configDriveFacts: method('configDriveFacts', { ...WithVifs }, ConfigDriveFacts, {
    summary: 'What the config drive must say; generates the management MAC once',
    whenCallerLeaves: 'abort',
  }),
  spawn: method(
    'spawn',
    {
      ...WithDevices,
      ...WithImage,
      /** Path of the ISO file, readable by the daemon until the answer. */
      configDrivePath: z.string().nullable(),
      managementMac: z.string().nullable(),
      /** The instance comes from a failed host: its disks are used again where they are found (DRIFT-1). */
      evacuate: z.boolean().default(false),
    },
    Updates,
    {
      summary: 'Everything but power-on; undoes itself on failure',
      novaException: 'InstanceDeployFailure',
      whenCallerLeaves: 'abort',
    },
  ),
  undoSpawn: method('undoSpawn', undoParams, Nothing, {
    summary: 'Remove what a completed spawn made, because waiting or power-on failed',
  }),
  destroy: method('destroy', { ...undoParams, destroyDisks: z.boolean() }, Nothing, {
    summary: 'Stop and remove the partition; a partition that is gone is success',
    novaException: 'InstanceTerminationFailure',
  }),
  cleanup: method(
    'cleanup',
    { ...undoParams, destroyDisks: z.boolean(), destroyVifs: z.boolean() },
    Nothing,
    {
      summary: 'Remove what is left of an instance that was moved away (CONF-4)',
      novaException: 'InstanceTerminationFailure',
    },
  ),
  powerOn: method(
    'powerOn',
    {
      ...OfInstance,
      /** The first start after a deployment: media may be ejected after boot (SPAWN-13). */
      firstBoot: z.boolean().default(false),
      /** A config drive is attached. */
      configDrive: z.boolean().default(false),
    },
    Nothing,
    { summary: 'Start a partition that is not activated', novaException: 'InstancePowerOnFailure' },
  ),
  powerOff: method(
    'powerOff',
    {
      ...OfInstance,
      /** seconds; 0 stops at once (PWR-4) */
      timeout: z.number().nonnegative(),
      retryInterval: z.number().nonnegative(),
    },
    Nothing,
    { summary: 'Stop a partition; one that is off is success', novaException: 'InstancePowerOffFailure' },
  ),
  reboot: method('reboot', { ...OfInstance, type: z.enum(['SOFT', 'HARD']) }, Nothing, {
    summary: 'Restart by one platform job',
    novaException: 'InstanceRebootFailure',
  }),
  rescue: method(
    'rescue',
    { ...WithDevices, ...WithImage, configDrivePath: z.string().nullable() },
    Updates,
    {
      summary: 'Boot from a disk made of the rescue image',
      novaException: 'InstanceNotRescuable',
    },
  ),
  unrescue: method('unrescue', { ...OfInstance }, Nothing, {
    summary: 'Boot normally again and remove the rescue disk',
  }),
  triggerCrashDump: method('triggerCrashDump', { ...OfInstance }, Nothing, {
    summary: 'Make the guest dump its memory and restart',
  }),
  getInstanceDiagnostics: method('getInstanceDiagnostics', { ...OfInstance }, Diagnostics, {
    summary: 'Configuration and counters of a partition',
    whenCallerLeaves: 'abort',
  }),
  getVncConsole: method(
    'getVncConsole',
    { ...OfInstance },
    z.object({ host: z.string(), port: z.number().int(), internalAccessPath: z.string().nullable() }),
    { summary: 'Open the terminal of a partition', novaException: 'ConsoleTypeUnavailable' },
  ),
  plugVifs: method('plugVifs', { ...WithVifs }, Updates, {
    summary: 'Make sure the adapters exist',
    novaException: 'VirtualInterfacePlugException',
  }),
  unplugVifs: method('unplugVifs', { ...WithVifs }, Updates, {
    summary: 'Remove adapters; missing ones are success',
    novaException: 'InterfaceDetachFailed',
  }),
  attachInterface: method('attachInterface', { ...OfInstance, vif: Vif }, Updates, {
    summary: 'Add one adapter to an existing partition',
    novaException: 'InterfaceAttachFailed',
  }),
  detachInterface: method('detachInterface', { ...OfInstance, vif: Vif }, Updates, {
    summary: 'Remove one adapter; a missing one is success',
    novaException: 'InterfaceDetachFailed',
  }),
};
