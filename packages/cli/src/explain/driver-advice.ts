import type { DriverErrorCode } from '@openstack-powervm/compute';

/** What to try about an error of the driver; what happened is in the driver's own table. */
export const driverAdvice: Readonly<Partial<Record<DriverErrorCode, string>>> = {
  PVM_FLAVOR_KEY_UNKNOWN:
    'Correct or remove the key; the message names it. Let nova-api load the flavor checks.',
  PVM_FLAVOR_VALUE_INVALID: 'Correct the value that the message names with openstack flavor set.',
  PVM_FLAVOR_UNSUPPORTED_BY_HOST:
    'Use another flavor, or direct it to hosts that can (traits): powervm host show lists the capabilities.',
  PVM_PARTITION_NAME_INVALID: 'Let instance_name_template give names with letters or digits.',
  PVM_IMAGE_TOO_LARGE: 'Use a flavor with a larger root disk.',
  PVM_IMAGE_FORMAT:
    'Convert the image to raw (qemu-img convert -O raw) and upload it with --disk-format raw.',
  PVM_IMAGE_UNAVAILABLE: 'Look at the image with openstack image show, and at the log of Glance.',
  PVM_VOLUMES_UNSUPPORTED: 'Boot the server from an image, without volumes; see the support matrix.',
  PVM_CAPACITY:
    'Compare what powervm host list and powervm volume-group list show as free with what the message wants.',
  PVM_REST_FAILED:
    "Read the console's words in the message; powervm explain tells the code that it ends with.",
  PVM_ABORTED: 'Nothing: nova-compute was stopped, or gave the request up. Repeat it if it is still wanted.',
  PVM_INSTANCE_NOT_FOUND:
    'Look with powervm lpar list. A server whose partition was deleted by hand can only be deleted or rebuilt.',
  PVM_POWER_ON_FAILED:
    'Read the reference code with powervm lpar show NAME; check memory, processors and boot disk.',
  PVM_POWER_OFF_FAILED:
    'Look at the partition with powervm lpar show NAME; openstack server stop again forces it off.',
  PVM_REBOOT_FAILED: 'Try openstack server reboot --hard.',
  PVM_DESTROY_FAILED:
    'Delete the server again: what is gone already is passed over. The message names what resists.',
  PVM_NOT_RUNNING: 'Start the server first.',
  PVM_CONSOLE_UNAVAILABLE:
    'Look whether another terminal of the partition is open, and at the options of the console.',
  PVM_VIF_PLUG_FAILED: 'Check the virtual switches and bridges: powervm switch list, powervm network list.',
  PVM_VIF_CREATE_REFUSED:
    'Wait until the partition has an RMC connection (powervm lpar show NAME), or stop the server first.',
  PVM_VIF_UNPLUG_FAILED: 'Try again when the partition has an RMC connection or is off.',
  PVM_INTERFACE_ATTACH_FAILED: 'See the reason in the message; stopped servers need no RMC connection.',
  PVM_INTERFACE_DETACH_FAILED: 'See the reason in the message; stopped servers need no RMC connection.',
  PVM_DISK_NOT_FOUND: 'Look with powervm disk list whether the disk was deleted or renamed by hand.',
  PVM_NO_BOOT_SLOT: 'Give the IBM i server an image or a boot disk.',
  PVM_NO_MEDIA_REPOSITORY:
    'Create a media repository on a VIOS, or name an existing volume group in vopt_media_volume_group.',
  PVM_CAPTURE_UNSUPPORTED: 'See the reason in the message and in the support matrix.',
  PVM_CAPTURE_FAILED: 'Try again; the log tells which step failed. Nothing of the attempt is left.',
  PVM_DISK_NOT_DISCOVERED: 'Look at the SCSI bus of the management partition (lsscsi), then try again.',
  PVM_DISK_NOT_UNIQUE: 'Look for stale devices on the management partition (lsscsi) and remove them.',
  PVM_DEVICE_NOT_REMOVED: 'Look who holds the device on the management partition (lsof), then remove it.',
  PVM_RESIZE_REFUSED: 'Choose a flavor within what the message allows; the server is as it was.',
  PVM_CONFIG_MISSING:
    'Set the option that the message names in nova.conf; powervm compute check tests all of them.',
  PVM_SERVER_UNREACHABLE: 'Check rest_endpoint, the network, and on NovaLink the service pvm-rest.',
  PVM_CREDENTIALS_REFUSED:
    'Check rest_username and rest_password; for the local logon add the user nova to the group pvm_admin.',
  PVM_SYSTEM_AMBIGUOUS:
    'Name the NovaLink of this host in rest_endpoint: an HMC with several systems does not do.',
  PVM_NO_ACTIVE_VIOS: 'Start a VIOS and check its RMC connection: powervm vios list.',
  PVM_VOLUME_GROUP_NOT_FOUND: 'Correct volume_group_name; powervm volume-group list shows what there is.',
  PVM_CLUSTER_NOT_FOUND: 'Correct cluster_name, or let a VIOS of this host join the cluster.',
  PVM_CLUSTER_AMBIGUOUS: 'Set cluster_name to the cluster that is meant.',
  PVM_NOT_STARTED: 'Look for the first error after the start in the log: the driver could not be made ready.',
};
