"""Resize and cold migration (requirements 6.1 to 6.4)."""

import contextlib

from nova import exception

from openstack_powervm.compute import convert, updates, vif_events


class ResizeCalls:
    """Mixed into the driver."""

    def migrate_disk_and_power_off(self, context, instance, dest, flavor, network_info, block_device_info=None,
                                   timeout=0, retry_interval=0):
        """Returns text that reaches ``finish_migration`` unchanged as ``disk_info``."""
        result = self._bridge.call(
            'migrateDiskAndPowerOff', context, updates.Listener(instance),
            **self._devices(instance, network_info, block_device_info), destination=dest,
            # ``dest`` is what the other host's get_host_ip_addr returned, not a host name (MIG-2).
            sameHost=dest == self.get_host_ip_addr(), flavor=convert.flavor(flavor), timeout=timeout,
            retryInterval=retry_interval)
        return result['diskInfo']

    def finish_migration(self, context, migration, instance, disk_info, network_info, image_meta, resize_instance,
                         allocations, block_device_info=None, power_on=True, **_later):
        devices = self._devices(instance, network_info, block_device_info)
        undo = {**devices, 'migration': convert.migration(migration)}
        with self._rolled_back(), self._undone_on_failure('undoFinishMigration', context, instance, undo) as guard:
            with vif_events.plugged(self.virtapi, self._conf, instance, devices['vifs']):
                result = self._bridge.call(
                    'finishMigration', context, updates.Listener(instance), **undo,
                    **self._image(context, image_meta), diskInfo=disk_info or '', resize=bool(resize_instance))
                guard.made = True
            updates.save(result, instance, block_device_info)
            if power_on:
                self._bridge.call('powerOn', context, instance=devices['instance'])

    def confirm_migration(self, context, migration, instance, network_info):
        self._bridge.call('confirmMigration', context, instance=convert.instance(instance),
                          vifs=convert.vifs(network_info), migration=convert.migration(migration))

    def finish_revert_migration(self, context, instance, network_info, migration, block_device_info=None,
                                power_on=True):
        result = self._bridge.call(
            'finishRevertMigration', context, updates.Listener(instance),
            **self._devices(instance, network_info, block_device_info), migration=convert.migration(migration))
        updates.save(result, instance, block_device_info)
        if power_on:
            self._bridge.call('powerOn', context, instance=convert.instance(instance))

    @staticmethod
    @contextlib.contextmanager
    def _rolled_back():
        """Every failure sets the server back to its earlier state (FIN-6)."""
        try:
            yield
        except exception.InstanceFaultRollback:
            raise
        except exception.NovaException as error:
            raise exception.InstanceFaultRollback(error) from error
