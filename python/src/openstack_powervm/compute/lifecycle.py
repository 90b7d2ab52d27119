"""Deploying and removing servers (requirements 4.1, 4.2, 5.1)."""

import contextlib

from nova import exception
from nova.compute import task_states
from oslo_log import log as logging

from openstack_powervm.compute import config_drive, convert, image_access, updates, vif_events

LOG = logging.getLogger(__name__)


class LifecycleCalls:
    """Mixed into the driver."""

    def spawn(self, context, instance, image_meta, injected_files, admin_password, allocations, network_info=None,
              block_device_info=None, power_on=True, accel_info=None, **_later):
        if accel_info:
            raise exception.BuildAbortException(
                instance_uuid=instance.uuid, reason='accelerators are not supported by the PowerVM driver')
        evacuate = self._is_evacuated(context, instance)
        network_info = list(network_info or [])
        devices = {
            'instance': convert.instance(instance),
            'vifs': convert.vifs(network_info),
            'blockDevices': convert.block_devices(block_device_info),
        }
        # Not built again on evacuation: the guest has been configured long ago (CD-1).
        wants_drive = config_drive.required_by(instance) and not evacuate
        facts = self._bridge.call('configDriveFacts', context, instance=devices['instance'], vifs=devices['vifs'])
        management = facts['management']
        undo = {**devices, 'configDrive': wants_drive}
        with self._undone_on_failure(context, instance, undo) as guard:
            with contextlib.ExitStack() as stack:
                path = stack.enter_context(config_drive.built(
                    self._conf, instance, network_info, facts, injected_files, admin_password,
                )) if wants_drive else None
                stack.enter_context(vif_events.plugged(self.virtapi, self._conf, instance, devices['vifs']))
                result = self._bridge.call(
                    'spawn', context, updates.Listener(instance), **devices,
                    image=convert.image(image_meta), imageAccess=image_access.of(context), configDrivePath=path,
                    managementMac=management and management['mac'], evacuate=evacuate)
                guard.made()
            updates.save(result, instance, block_device_info)
            if power_on:
                self._bridge.call('powerOn', context, instance=devices['instance'], firstBoot=True,
                                  configDrive=wants_drive)

    def rebuild(self, context, instance, image_meta, injected_files, admin_password, allocations, bdms,
                detach_block_devices, attach_block_devices, network_info=None, evacuate=False,
                block_device_info=None, preserve_ephemeral=False, accel_uuids=None, reimage_boot_volume=False,
                **_later):
        """Notes whether this is an evacuation and refuses, so that Nova takes its default path (DRIFT-1).

        The note is for the spawn of the same request only, so one that is never picked up does no harm.
        """
        self._evacuations.pop(instance.uuid, None)
        if evacuate:
            self._evacuations[instance.uuid] = context.request_id
        raise NotImplementedError()

    def _is_evacuated(self, context, instance):
        noted = self._evacuations.pop(instance.uuid, None)
        return noted == context.request_id and instance.task_state == task_states.REBUILD_SPAWNING

    def destroy(self, context, instance, network_info, block_device_info=None, destroy_disks=True,
                destroy_secrets=True, **_later):
        self._evacuations.pop(instance.uuid, None)
        self._bridge.call(
            'destroy', context, updates.Listener(instance), **self._devices(instance, network_info, block_device_info),
            configDrive=bool(config_drive.required_by(instance)), destroyDisks=destroy_disks)

    def cleanup(self, context, instance, network_info, block_device_info=None, destroy_disks=True,
                migrate_data=None, destroy_vifs=True, destroy_secrets=True, **_later):
        self._bridge.call(
            'cleanup', context, **self._devices(instance, network_info, block_device_info),
            configDrive=bool(config_drive.required_by(instance)), destroyDisks=destroy_disks,
            destroyVifs=destroy_vifs)

    def rescue(self, context, instance, network_info, image_meta, rescue_password, block_device_info,
               share_info=None, **_later):
        facts_of = self._devices(instance, network_info, block_device_info)
        with contextlib.ExitStack() as stack:
            path = stack.enter_context(self._rescue_drive(
                context, instance, network_info, facts_of, rescue_password,
            )) if config_drive.required_by(instance) else None
            result = self._bridge.call(
                'rescue', context, updates.Listener(instance), **facts_of, image=convert.image(image_meta),
                imageAccess=image_access.of(context), configDrivePath=path)
        updates.save(result, instance, block_device_info)

    def _rescue_drive(self, context, instance, network_info, devices, rescue_password):
        """With the rescue password in it (RESC-4)."""
        facts = self._bridge.call('configDriveFacts', context, instance=devices['instance'], vifs=devices['vifs'])
        return config_drive.built(self._conf, instance, list(network_info or []), facts, None, rescue_password)

    def unrescue(self, context, instance, **_later):
        self._bridge.call('unrescue', context, updates.Listener(instance), instance=convert.instance(instance))

    @staticmethod
    def _devices(instance, network_info, block_device_info):
        return {
            'instance': convert.instance(instance),
            'vifs': convert.vifs(network_info),
            'blockDevices': convert.block_devices(block_device_info),
        }

    @contextlib.contextmanager
    def _undone_on_failure(self, context, instance, undo, method='undoSpawn'):
        """Has the daemon remove what it made when anything fails after its answer.

        Before that answer it removes its own work. Whatever ends the body counts, also eventlet's BaseExceptions.
        """
        guard = _Guard()
        try:
            yield guard
        except BaseException:
            if guard.is_made:
                self._undo(context, instance, method, undo)
            raise

    def _undo(self, context, instance, method, undo):
        """Never raises: the first error is the one to report (FLOW-2)."""
        try:
            self._bridge.call(method, context, **undo)
        except Exception as error:
            LOG.error('Undoing the deployment failed, something may be left on the system: %s', error,
                      instance=instance)


class _Guard:
    """Whether the daemon has answered that its part is complete."""

    is_made = False

    def made(self):
        self.is_made = True
