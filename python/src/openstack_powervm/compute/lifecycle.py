"""Deploying and removing servers (requirements 4.1, 4.2, 5.1)."""

import contextlib
from collections.abc import Iterator
from typing import Any

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
        # Waits for the allocation of the ports, and raises what that raised.
        network_info = list(network_info or [])
        devices = self._devices(instance, network_info, block_device_info)
        facts = self._config_drive_facts(context, devices)
        # Not built again on evacuation: the guest has been configured long ago (CD-1).
        wants_drive = bool(config_drive.required_by(instance)) and not evacuate
        drive = config_drive.built(self._conf, instance, network_info, facts, injected_files, admin_password)
        undo = {**devices, 'configDrive': wants_drive}
        with self._undone_on_failure('undoSpawn', context, instance, undo) as guard:
            with drive if wants_drive else contextlib.nullcontext() as path, \
                    vif_events.plugged(self.virtapi, self._conf, instance, devices['vifs']):
                result = self._bridge.call(
                    'spawn', context, updates.Listener(instance), **devices, **self._image(context, image_meta),
                    configDrivePath=path, managementMac=_management_mac(facts), evacuate=evacuate)
                guard.made = True
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
        """The rescue password goes into a config drive of its own (RESC-4)."""
        network_info = list(network_info or [])
        devices = self._devices(instance, network_info, block_device_info)
        drive = contextlib.nullcontext()
        if config_drive.required_by(instance):
            facts = self._config_drive_facts(context, devices)
            drive = config_drive.built(self._conf, instance, network_info, facts, None, rescue_password)
        with drive as path:
            result = self._bridge.call('rescue', context, updates.Listener(instance), **devices,
                                       **self._image(context, image_meta), configDrivePath=path)
        updates.save(result, instance, block_device_info)

    def unrescue(self, context, instance, **_later):
        self._bridge.call('unrescue', context, updates.Listener(instance), instance=convert.instance(instance))

    @staticmethod
    def _devices(instance, network_info, block_device_info) -> dict[str, Any]:
        return {
            'instance': convert.instance(instance),
            'vifs': convert.vifs(network_info),
            'blockDevices': convert.block_devices(block_device_info),
        }

    @staticmethod
    def _image(context, image_meta) -> dict[str, Any]:
        return {'image': convert.image(image_meta), 'imageAccess': image_access.of(context)}

    def _config_drive_facts(self, context, devices) -> dict[str, Any]:
        return self._bridge.call('configDriveFacts', context, instance=devices['instance'], vifs=devices['vifs'])

    @contextlib.contextmanager
    def _undone_on_failure(self, method, context, instance, undo) -> 'Iterator[_Guard]':
        """Has the daemon remove what it made when anything fails after its answer.

        Before that answer it removes its own work. Whatever ends the body counts, also eventlet's BaseExceptions.
        """
        guard = _Guard()
        try:
            yield guard
        except BaseException:
            if guard.made:
                self._undo(method, context, instance, undo)
            raise

    def _undo(self, method, context, instance, undo) -> None:
        """Never raises: the first error is the one to report (FLOW-2)."""
        try:
            self._bridge.call(method, context, **undo)
        except Exception as error:
            LOG.error('Undoing the deployment failed, something may be left on the system: %s', error,
                      instance=instance)


class _Guard:
    """Whether the daemon has answered that its part is complete."""

    made = False


def _management_mac(facts: dict[str, Any]) -> str | None:
    management = facts['management']
    return None if management is None else management['mac']
