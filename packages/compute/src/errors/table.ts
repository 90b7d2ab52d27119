/**
 * Every error code of the driver and the Nova exception it becomes (requirements 22.1).
 *
 * The plug-in raises `nova.exception.<nova>` with the driver's sentence as its message. Where Nova
 * must not try another host, the exception is one that its compute manager turns into a build abort,
 * so that the sentence reaches the server's fault (SPAWN-4). During a resize it wraps whatever comes into
 * InstanceFaultRollback (MIG-7).
 */
interface ErrorRow {
  readonly nova: string;
  /** What happened, for the operator's table of codes. */
  readonly meaning: string;
}

export const errorTable = {
  // Flavor and image: the request itself is wrong, another host would refuse it too (FLV-4).
  PVM_FLAVOR_KEY_UNKNOWN: {
    nova: 'BuildAbortException',
    meaning: 'The flavor has a powervm: key that does not exist.',
  },
  PVM_FLAVOR_VALUE_INVALID: {
    nova: 'BuildAbortException',
    meaning: 'A flavor value is malformed, out of range or contradicts another one.',
  },
  PVM_FLAVOR_UNSUPPORTED_BY_HOST: {
    nova: 'BuildAbortException',
    meaning: 'The flavor asks for an attribute that this system lacks (FLV-8, FLV-9).',
  },
  PVM_PARTITION_NAME_INVALID: {
    nova: 'BuildAbortException',
    meaning: 'The instance name leaves nothing to name the partition with.',
  },
  PVM_IMAGE_TOO_LARGE: {
    nova: 'FlavorDiskSmallerThanImage',
    meaning: "The image is larger than the flavor's root disk.",
  },
  PVM_IMAGE_FORMAT: { nova: 'ImageUnacceptable', meaning: 'The image is not a raw disk image (IMG-2).' },
  PVM_IMAGE_UNAVAILABLE: {
    nova: 'NovaException',
    meaning: 'The image service did not deliver the image.',
  },
  PVM_VOLUMES_UNSUPPORTED: {
    nova: 'BuildAbortException',
    meaning: 'The server has Cinder volumes, which this driver cannot connect.',
  },
  // Capacity and the platform: another host may do better.
  PVM_CAPACITY: {
    nova: 'ComputeResourcesUnavailable',
    meaning: 'The system has too little free memory, processor or disk capacity (FLV-10).',
  },
  PVM_REST_FAILED: { nova: 'NovaException', meaning: 'The PowerVM REST server refused or failed a request.' },
  PVM_ABORTED: { nova: 'NovaException', meaning: 'The caller gave up.' },
  // Instances
  PVM_INSTANCE_NOT_FOUND: { nova: 'InstanceNotFound', meaning: 'The instance has no partition here.' },
  PVM_POWER_ON_FAILED: { nova: 'InstancePowerOnFailure', meaning: 'The partition did not start (B-36).' },
  PVM_POWER_OFF_FAILED: { nova: 'InstancePowerOffFailure', meaning: 'The partition did not stop (PWR-7).' },
  PVM_REBOOT_FAILED: { nova: 'InstanceRebootFailure', meaning: 'The partition did not restart (RB-2).' },
  PVM_DESTROY_FAILED: {
    nova: 'InstanceTerminationFailure',
    meaning: 'The instance could not be removed completely (DESTROY-6).',
  },
  PVM_NOT_RUNNING: { nova: 'InstanceNotRunning', meaning: 'The operation needs a running guest.' },
  PVM_CONSOLE_UNAVAILABLE: {
    nova: 'ConsoleTypeUnavailable',
    meaning: 'The console of the instance cannot be opened or reached (CON-5).',
  },
  // Network
  PVM_VIF_PLUG_FAILED: {
    nova: 'VirtualInterfacePlugException',
    meaning: 'A network interface could not be plugged (VIF-10).',
  },
  PVM_VIF_CREATE_REFUSED: {
    nova: 'VirtualInterfaceCreateException',
    meaning: 'An adapter cannot be added to the partition in its present state (VIF-3).',
  },
  PVM_VIF_UNPLUG_FAILED: {
    nova: 'VirtualInterfaceUnplugException',
    meaning: 'A network interface could not be unplugged (VIF-9).',
  },
  PVM_INTERFACE_ATTACH_FAILED: {
    nova: 'InterfaceAttachFailed',
    meaning: 'An interface could not be attached (VIF-13).',
  },
  PVM_INTERFACE_DETACH_FAILED: {
    nova: 'InterfaceDetachFailed',
    meaning: 'An interface could not be detached (VIF-9).',
  },
  // Storage
  PVM_DISK_NOT_FOUND: { nova: 'DiskNotFound', meaning: 'A disk of the instance is missing (LVG-4).' },
  PVM_NO_BOOT_SLOT: {
    nova: 'NovaException',
    meaning: 'An IBM i partition has nothing to boot from (IBMI-2).',
  },
  PVM_NO_MEDIA_REPOSITORY: {
    nova: 'NovaException',
    meaning: 'No VIOS has a media repository and none can be created (CD-3).',
  },
  // Capture
  PVM_CAPTURE_UNSUPPORTED: {
    nova: 'NotSupportedWithOption',
    meaning: 'The disk of the instance cannot be shown to the NovaLink partition (SNAP-1).',
  },
  PVM_CAPTURE_FAILED: {
    nova: 'NovaException',
    meaning: 'The disk could not be shown to NovaLink, read or stored (SNAP-4).',
  },
  PVM_DISK_NOT_DISCOVERED: {
    nova: 'NovaException',
    meaning: 'A disk was mapped to NovaLink, but Linux there found no device of it (SNAP-4).',
  },
  PVM_DISK_NOT_UNIQUE: {
    nova: 'NovaException',
    meaning: 'Several devices on NovaLink claim to be the same disk (SNAP-4).',
  },
  PVM_DEVICE_NOT_REMOVED: {
    nova: 'NovaException',
    meaning: 'Linux on NovaLink keeps the device of a disk that is no longer mapped (SNAP-5).',
  },
  // Resize
  PVM_RESIZE_REFUSED: {
    nova: 'ResizeError',
    meaning: 'The resize cannot be done; the server returns to its earlier state (MIG-7).',
  },
  // Start of the service
  PVM_CONFIG_MISSING: { nova: 'NovaException', meaning: 'A required option is not set (CFG-2).' },
  PVM_SERVER_UNREACHABLE: { nova: 'HypervisorUnavailable', meaning: 'The REST server does not answer.' },
  PVM_CREDENTIALS_REFUSED: { nova: 'NovaException', meaning: 'The REST server refused the logon (INIT-13).' },
  PVM_SYSTEM_AMBIGUOUS: {
    nova: 'NovaException',
    meaning: 'The REST server does not manage exactly one system (INIT-3).',
  },
  PVM_NO_ACTIVE_VIOS: { nova: 'NovaException', meaning: 'No Virtual I/O Server is active (INIT-4, TX-3).' },
  PVM_VOLUME_GROUP_NOT_FOUND: {
    nova: 'NovaException',
    meaning: 'The configured volume group does not exist (LVG-1).',
  },
  PVM_CLUSTER_NOT_FOUND: {
    nova: 'NovaException',
    meaning: 'The configured cluster does not exist, or there is none (SSP-1).',
  },
  PVM_CLUSTER_AMBIGUOUS: { nova: 'NovaException', meaning: 'More than one cluster qualifies (SSP-1).' },
  PVM_NOT_STARTED: {
    nova: 'NovaException',
    meaning: 'The driver was used before initHost or after cleanupHost.',
  },
} as const satisfies Record<string, ErrorRow>;

/** Stable codes of driver errors. */
export type DriverErrorCode = keyof typeof errorTable;
