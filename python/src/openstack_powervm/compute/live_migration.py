"""Live migration (requirements section 7).

Nova knows no data object of ours, and its conductor refuses objects it does not know. The text of the daemon
travels in ``filename`` of the object that a stock conductor carries whole through every phase (design 3.9).
"""

import json

from nova import exception
from nova import objects
from nova.compute import utils as compute_utils
from oslo_log import log as logging

from openstack_powervm.compute import convert, updates

LOG = logging.getLogger(__name__)


class LiveMigrationCalls:
    """Mixed into the driver."""

    def check_can_live_migrate_destination(self, context, instance, src_compute_info, dst_compute_info,
                                           block_migration=False, disk_over_commit=False):
        answer = self._bridge.call(
            'checkCanLiveMigrateDestination', context, instance=convert.instance(instance),
            sourceStats=_stats(src_compute_info), destinationStats=_stats(dst_compute_info),
            blockMigration=bool(block_migration))
        # "Not shared path, shared storage" makes Nova call the clean-up of both ends and keep the disks.
        return objects.LibvirtLiveMigrateData(
            filename=answer['data'], block_migration=False, disk_over_commit=False, disk_available_mb=0,
            is_shared_instance_path=False, is_shared_block_storage=True, instance_relative_path='', image_type='raw')

    def cleanup_live_migration_destination_check(self, context, dest_check_data):
        self._bridge.call('cleanupLiveMigrationDestinationCheck', context, data=dest_check_data.filename)

    def check_can_live_migrate_source(self, context, instance, dest_check_data, block_device_info=None):
        answer = self._bridge.call(
            'checkCanLiveMigrateSource', context, instance=convert.instance(instance),
            blockDevices=convert.block_devices(block_device_info), data=dest_check_data.filename)
        dest_check_data.filename = answer['data']
        return dest_check_data

    def pre_live_migration(self, context, instance, block_device_info, network_info, disk_info, migrate_data):
        answer = self._bridge.call(
            'preLiveMigration', context, updates.Listener(instance),
            **self._devices(instance, network_info, block_device_info), vifMigrations=_vif_migrations(migrate_data),
            data=migrate_data.filename)
        updates.save(answer['updates'], instance, block_device_info)
        migrate_data.filename = answer['data']
        return migrate_data

    def live_migration(self, context, instance, dest, post_method, recover_method, block_migration=False,
                       migrate_data=None):
        """Ends in one of Nova's two methods, never in an exception: that would leave the destination's port
        bindings and volume attachments behind."""
        try:
            answer = self._bridge.call(
                'liveMigration', context, updates.Listener(instance), instance=convert.instance(instance),
                destination=dest, data=migrate_data.filename)
        except Exception as error:
            LOG.exception('Live migration to %s failed', dest, instance=instance)
            compute_utils.add_instance_fault_from_exc(context, instance, error)
            recover_method(context, instance, dest, migrate_data)
            return
        if answer['outcome'] == 'cancelled':
            recover_method(context, instance, dest, migrate_data, migration_status='cancelled')
        else:
            post_method(context, instance, dest, block_migration, migrate_data)

    def live_migration_abort(self, instance):
        self._bridge.call('liveMigrationAbort', instance=convert.instance(instance))

    def rollback_live_migration_at_source(self, context, instance, migrate_data):
        self._bridge.call('rollbackLiveMigrationAtSource', context, instance=convert.instance(instance),
                          data=migrate_data.filename)

    def rollback_live_migration_at_destination(self, context, instance, network_info, block_device_info,
                                               destroy_disks=True, migrate_data=None):
        self._bridge.call('rollbackLiveMigrationAtDestination', context,
                          **self._devices(instance, network_info, block_device_info), data=_data(migrate_data))

    def post_live_migration(self, context, instance, block_device_info, migrate_data=None):
        """The guest has already moved: what fails here is for the log only (LMG-8)."""
        try:
            self._bridge.call('postLiveMigration', context, instance=convert.instance(instance),
                              blockDevices=convert.block_devices(block_device_info), data=_data(migrate_data))
        except exception.NovaException as error:
            LOG.error('Storage on the source was not cleaned up: %s', error, instance=instance)

    def post_live_migration_at_source(self, context, instance, network_info):
        self._bridge.call('postLiveMigrationAtSource', context, instance=convert.instance(instance),
                          vifs=convert.vifs(network_info))

    def post_live_migration_at_destination(self, context, instance, network_info, block_migration=False,
                                           block_device_info=None):
        result = self._bridge.call('postLiveMigrationAtDestination', context,
                                   **self._devices(instance, network_info, block_device_info))
        updates.save(result, instance, block_device_info)


def _data(migrate_data):
    if migrate_data is None or not migrate_data.obj_attr_is_set('filename'):
        return None
    return migrate_data.filename


def _stats(compute_info):
    """``stats`` of a compute node, which crosses as a dictionary, or as the text of one."""
    stats = compute_info.get('stats') or {}
    return json.loads(stats) if isinstance(stats, str) else dict(stats)


def _vif_migrations(migrate_data):
    """The destination's form of each port, with multiple port bindings (LMP-6)."""
    vifs = migrate_data.vifs if migrate_data.obj_attr_is_set('vifs') else []
    return [{
        'portId': vif.port_id,
        'type': vif.vif_type if vif.obj_attr_is_set('vif_type') else None,
        'details': vif.vif_details if vif.obj_attr_is_set('vif_details_json') else {},
        'profile': vif.profile if vif.obj_attr_is_set('profile_json') else {},
    } for vif in vifs]
