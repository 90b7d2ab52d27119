"""Every method of Nova's ComputeDriver in Nova 26.2 and in master, and what ours does with it (requirements 24.2).

``implement``: our own behaviour. ``refuse``: the base class's NotImplementedError is the right answer. ``inherit``: the
base class's answer is right. Arguments are in order, without the instance; None where the release has no such method.
"""

from typing import NamedTuple


#: In the column of master: as in 26.2.
SAME = 'same'


class Row(NamedTuple):
    nova_26: str | None
    master: str | None
    ours: str


SURFACE = {
    '__init__': Row('virtapi', SAME, 'implement'),
    'init_host': Row('host', SAME, 'implement'),
    'process_instances_at_startup': Row(None, 'context, instances', 'inherit'),
    'cleanup_host': Row('host', SAME, 'implement'),
    'get_info': Row('instance, use_cache=True', SAME, 'implement'),
    'get_instance_driver_metadata': Row(None, 'instance, network_info', 'inherit'),
    'get_num_instances': Row('', SAME, 'inherit'),
    'instance_exists': Row('instance', SAME, 'implement'),
    'list_instances': Row('', SAME, 'implement'),
    'list_instance_uuids': Row('', SAME, 'implement'),
    'rebuild': Row(
        'context, instance, image_meta, injected_files, admin_password, allocations, bdms, '
        'detach_block_devices, attach_block_devices, network_info=None, evacuate=False, '
        'block_device_info=None, preserve_ephemeral=False, accel_uuids=None, '
        'reimage_boot_volume=False',
        SAME,
        'implement'),
    'prepare_for_spawn': Row('instance', SAME, 'inherit'),
    'failed_spawn_cleanup': Row('instance', SAME, 'inherit'),
    'spawn': Row(
        'context, instance, image_meta, injected_files, admin_password, allocations, '
        'network_info=None, block_device_info=None, power_on=True, accel_info=None',
        SAME,
        'implement'),
    'destroy': Row(
        'context, instance, network_info, block_device_info=None, destroy_disks=True, '
        'destroy_secrets=True',
        SAME,
        'implement'),
    'cleanup': Row(
        'context, instance, network_info, block_device_info=None, destroy_disks=True, '
        'migrate_data=None, destroy_vifs=True, destroy_secrets=True',
        SAME,
        'implement'),
    'reboot': Row(
        'context, instance, network_info, reboot_type, block_device_info=None, '
        'bad_volumes_callback=None, accel_info=None',
        'context, instance, network_info, reboot_type, block_device_info=None, '
        'bad_volumes_callback=None, accel_info=None, share_info=None',
        'implement'),
    'get_console_output': Row('context, instance', SAME, 'refuse'),
    'get_vnc_console': Row('context, instance', SAME, 'implement'),
    'get_spice_console': Row('context, instance', SAME, 'refuse'),
    'get_serial_console': Row('context, instance', SAME, 'refuse'),
    'get_rdp_console': Row('context, instance', None, 'refuse'),
    'get_mks_console': Row('context, instance', SAME, 'refuse'),
    'get_diagnostics': Row('instance', SAME, 'implement'),
    'get_instance_diagnostics': Row('instance', SAME, 'implement'),
    'get_all_volume_usage': Row('context, compute_host_bdms', SAME, 'refuse'),
    'get_host_ip_addr': Row('', SAME, 'implement'),
    'attach_volume': Row(
        'context, connection_info, instance, mountpoint, disk_bus=None, device_type=None, '
        'encryption=None',
        SAME,
        'implement'),
    'detach_volume': Row('context, connection_info, instance, mountpoint, encryption=None', SAME, 'implement'),
    'swap_volume': Row(
        'context, old_connection_info, new_connection_info, instance, mountpoint, resize_to',
        SAME,
        'refuse'),
    'extend_volume': Row('context, connection_info, instance, requested_size', SAME, 'implement'),
    'prepare_networks_before_block_device_mapping': Row('instance, network_info', SAME, 'inherit'),
    'clean_networks_preparation': Row('instance, network_info', SAME, 'inherit'),
    'attach_interface': Row('context, instance, image_meta, vif', SAME, 'implement'),
    'detach_interface': Row('context, instance, vif', SAME, 'implement'),
    'migrate_disk_and_power_off': Row(
        'context, instance, dest, flavor, network_info, block_device_info=None, timeout=0, '
        'retry_interval=0',
        SAME,
        'implement'),
    'snapshot': Row('context, instance, image_id, update_task_state', SAME, 'implement'),
    'finish_migration': Row(
        'context, migration, instance, disk_info, network_info, image_meta, resize_instance, '
        'allocations, block_device_info=None, power_on=True',
        SAME,
        'implement'),
    'confirm_migration': Row('context, migration, instance, network_info', SAME, 'implement'),
    'finish_revert_migration': Row(
        'context, instance, network_info, migration, block_device_info=None, power_on=True',
        SAME,
        'implement'),
    'pause': Row('instance', SAME, 'refuse'),
    'unpause': Row('instance', SAME, 'refuse'),
    'suspend': Row('context, instance', SAME, 'refuse'),
    'resume': Row(
        'context, instance, network_info, block_device_info=None',
        'context, instance, network_info, block_device_info=None, share_info=None',
        'refuse'),
    'resume_state_on_host_boot': Row(
        'context, instance, network_info, block_device_info=None',
        'context, instance, network_info, share_info, block_device_info=None',
        'implement'),
    'rescue': Row(
        'context, instance, network_info, image_meta, rescue_password, block_device_info',
        'context, instance, network_info, image_meta, rescue_password, block_device_info, share_info',
        'implement'),
    'unrescue': Row('context, instance', SAME, 'implement'),
    'power_off': Row('instance, timeout=0, retry_interval=0', SAME, 'implement'),
    'power_on': Row(
        'context, instance, network_info, block_device_info=None, accel_info=None',
        'context, instance, network_info, block_device_info=None, accel_info=None, share_info=None',
        'implement'),
    'mount_share': Row(None, 'context, instance, share_mapping', 'refuse'),
    'umount_share': Row(None, 'context, instance, share_mapping', 'refuse'),
    'power_update_event': Row('instance, target_power_state', SAME, 'refuse'),
    'trigger_crash_dump': Row('instance', SAME, 'implement'),
    'soft_delete': Row('instance', SAME, 'refuse'),
    'restore': Row('instance', SAME, 'refuse'),
    '_get_reserved_host_disk_gb_from_config': Row('', SAME, 'inherit'),
    '_get_allocation_ratios': Row('inventory', SAME, 'inherit'),
    'update_provider_tree': Row('provider_tree, nodename, allocations=None', SAME, 'implement'),
    'capabilities_as_traits': Row('', SAME, 'inherit'),
    'get_available_resource': Row('nodename', SAME, 'implement'),
    'is_node_deleted': Row(None, 'nodename', 'inherit'),
    'pre_live_migration': Row(
        'context, instance, block_device_info, network_info, disk_info, migrate_data',
        SAME,
        'implement'),
    'live_migration': Row(
        'context, instance, dest, post_method, recover_method, block_migration=False, '
        'migrate_data=None',
        SAME,
        'implement'),
    'live_migration_force_complete': Row('instance', SAME, 'refuse'),
    'live_migration_abort': Row('instance', SAME, 'implement'),
    'rollback_live_migration_at_source': Row('context, instance, migrate_data', SAME, 'implement'),
    'rollback_live_migration_at_destination': Row(
        'context, instance, network_info, block_device_info, destroy_disks=True, migrate_data=None',
        SAME,
        'implement'),
    'post_live_migration': Row('context, instance, block_device_info, migrate_data=None', SAME, 'implement'),
    'post_live_migration_at_source': Row('context, instance, network_info', SAME, 'implement'),
    'post_live_migration_at_destination': Row(
        'context, instance, network_info, block_migration=False, block_device_info=None',
        SAME,
        'implement'),
    'check_instance_shared_storage_local': Row('context, instance', SAME, 'implement'),
    'check_instance_shared_storage_remote': Row('context, data', SAME, 'implement'),
    'check_instance_shared_storage_cleanup': Row('context, data', SAME, 'implement'),
    'check_can_live_migrate_destination': Row(
        'context, instance, src_compute_info, dst_compute_info, block_migration=False, '
        'disk_over_commit=False',
        SAME,
        'implement'),
    'check_source_migrate_data_at_dest': Row(
        None,
        'ctxt, instance, migrate_data, migration, limits, allocs',
        'inherit'),
    'post_claim_migrate_data': Row('context, instance, migrate_data, claim', SAME, 'inherit'),
    'cleanup_live_migration_destination_check': Row('context, dest_check_data', SAME, 'implement'),
    'check_can_live_migrate_source': Row(
        'context, instance, dest_check_data, block_device_info=None',
        SAME,
        'implement'),
    'get_instance_disk_info': Row('instance, block_device_info=None', SAME, 'refuse'),
    'set_admin_password': Row('instance, new_pass', SAME, 'refuse'),
    'inject_network_info': Row('instance, nw_info', SAME, 'inherit'),
    'poll_rebooting_instances': Row('timeout, instances', SAME, 'implement'),
    'host_power_action': Row('action', SAME, 'refuse'),
    'host_maintenance_mode': Row('host, mode', SAME, 'refuse'),
    'set_host_enabled': Row('enabled', SAME, 'refuse'),
    'get_host_uptime': Row('', SAME, 'implement'),
    'plug_vifs': Row('instance, network_info', SAME, 'implement'),
    'unplug_vifs': Row('instance, network_info', SAME, 'implement'),
    'get_host_cpu_stats': Row('', SAME, 'implement'),
    'block_stats': Row('instance, disk_id', SAME, 'refuse'),
    'manage_image_cache': Row('context, all_instances', SAME, 'implement'),
    'cache_image': Row('context, image_id', SAME, 'implement'),
    'get_volume_connector': Row('instance', SAME, 'implement'),
    'get_available_nodes': Row('refresh=False', SAME, 'implement'),
    'get_nodenames_by_uuid': Row(None, 'refresh=False', 'inherit'),
    'node_is_available': Row('nodename', SAME, 'inherit'),
    'instance_on_disk': Row('instance', SAME, 'implement'),
    'register_event_listener': Row('callback', SAME, 'inherit'),
    'emit_event': Row('event', SAME, 'inherit'),
    'delete_instance_files': Row('instance', SAME, 'inherit'),
    'volume_snapshot_create': Row('context, instance, volume_id, create_info', SAME, 'refuse'),
    'volume_snapshot_delete': Row('context, instance, volume_id, snapshot_id, delete_info', SAME, 'refuse'),
    'default_root_device_name': Row('instance, image_meta, root_bdm', SAME, 'refuse'),
    'default_device_names_for_instance': Row('instance, root_device_name, *block_device_lists', SAME, 'refuse'),
    'get_device_name_for_instance': Row('instance, bdms, block_device_obj', SAME, 'refuse'),
    'is_supported_fs_format': Row('fs_type', SAME, 'inherit'),
    'quiesce': Row('context, instance, image_meta', SAME, 'refuse'),
    'unquiesce': Row('context, instance, image_meta', SAME, 'refuse'),
    'network_binding_host_id': Row('context, instance', SAME, 'inherit'),
    'manages_network_binding_host_id': Row('', SAME, 'inherit'),
    'cleanup_lingering_instance_resources': Row('instance', SAME, 'inherit'),
}
