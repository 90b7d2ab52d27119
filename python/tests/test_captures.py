"""Every recorded call of a stock Nova, replayed through the driver to a daemon that checks what arrives."""

import os
import unittest
import uuid
from unittest import mock

from tests import recorded
from tests.daemon import needs_daemon

try:
    from nova import exception
    from nova import objects
    from nova.virt import driver as base

    from tests.nova_rig import DriverTest, an_instance
except ImportError:
    DriverTest = unittest.TestCase

#: Calls of the base class, in Nova's own way; nothing crosses.
REFUSED = {
    'block_stats', 'default_device_names_for_instance', 'default_root_device_name', 'get_all_volume_usage',
    'get_console_output', 'get_device_name_for_instance', 'live_migration_force_complete', 'pause',
    'power_update_event', 'quiesce', 'rebuild', 'resume', 'set_admin_password', 'set_host_enabled', 'suspend',
    'swap_volume', 'unpause', 'unquiesce',
}
#: What each other call asks of the daemon, in order; an empty list: answered here.
ASKED = {
    'attach_interface': ['attachInterface'],
    'attach_volume': ['attachVolume'],
    'cache_image': ['cacheImage'],
    'check_can_live_migrate_destination': ['checkCanLiveMigrateDestination'],
    'check_can_live_migrate_source': ['checkCanLiveMigrateSource'],
    'check_instance_shared_storage_local': ['checkSharedStorageLocal'],
    'cleanup': ['cleanup'],
    'cleanup_live_migration_destination_check': ['cleanupLiveMigrationDestinationCheck'],
    'confirm_migration': ['confirmMigration'],
    'destroy': ['destroy'],
    'detach_interface': ['detachInterface'],
    'detach_volume': ['detachVolume'],
    'extend_volume': ['extendVolume'],
    'finish_migration': ['finishMigration', 'powerOn'],
    'finish_revert_migration': ['finishRevertMigration', 'powerOn'],
    'get_available_resource': ['getAvailableResource'],
    'get_diagnostics': ['getInstanceDiagnostics'],
    'get_info': ['getInfo'],
    'get_instance_diagnostics': ['getInstanceDiagnostics'],
    'get_num_instances': ['listInstances'],
    'get_vnc_console': ['getVncConsole'],
    'get_volume_connector': ['getVolumeConnector'],
    'instance_exists': ['instanceExists'],
    'instance_on_disk': ['instanceOnDisk'],
    'list_instance_uuids': ['listInstanceUuids'],
    'live_migration': ['liveMigration'],
    'live_migration_abort': ['liveMigrationAbort'],
    'manage_image_cache': ['manageImageCache'],
    'migrate_disk_and_power_off': ['migrateDiskAndPowerOff'],
    'plug_vifs': ['plugVifs'],
    'post_live_migration': ['postLiveMigration'],
    'post_live_migration_at_destination': ['postLiveMigrationAtDestination'],
    'post_live_migration_at_source': ['postLiveMigrationAtSource'],
    'power_off': ['powerOff'],
    'power_on': ['powerOn'],
    'pre_live_migration': ['preLiveMigration'],
    'reboot': ['reboot'],
    'rescue': ['configDriveFacts', 'rescue'],
    'resume_state_on_host_boot': ['powerOn'],
    'rollback_live_migration_at_destination': ['rollbackLiveMigrationAtDestination'],
    'rollback_live_migration_at_source': ['rollbackLiveMigrationAtSource'],
    'snapshot': ['snapshot'],
    'spawn': ['configDriveFacts', 'spawn', 'powerOn'],
    'trigger_crash_dump': ['triggerCrashDump'],
    'unplug_vifs': ['unplugVifs'],
    'unrescue': ['unrescue'],
    'update_provider_tree': ['getInventory'],
}
#: Nothing to replay: the life of the driver object itself, and calls of the base class without arguments of Nova's.
OTHER = {
    '__init__', 'capabilities_as_traits', 'cleanup_host', 'emit_event', 'get_available_nodes', 'get_host_ip_addr',
    'get_host_uptime', 'init_host', 'inject_network_info', 'manages_network_binding_host_id',
    'network_binding_host_id', 'node_is_available', 'poll_rebooting_instances', 'prepare_for_spawn',
    'prepare_networks_before_block_device_mapping', 'register_event_listener',
}
#: Recordings of how a stock conductor treats data of other drivers, which is never ours to read.
FOREIGN_DATA = ('80-', '82-', '83-', '86-', '88-', '90-', '94-', '95-', '96-')


@recorded.needs_captures
@recorded.needs_nova
@needs_daemon
class RecordedCalls(DriverTest):
    def setUp(self):
        super().setUp()
        for target in ('nova.api.metadata.base.security_group_api.get_instance_security_groups',
                       'nova.compute.utils.is_volume_backed_instance'):
            self._patch(target, return_value=[])
        self._patch('nova.compute.utils.add_instance_fault_from_exc')
        self._patch('nova.objects.Instance.get_bdms', return_value=[])
        # What Nova's conductor would be asked for.
        self._patch('nova.objects.Instance.obj_load_attr', new=_load)
        image = {'id': str(uuid.uuid4()), 'name': 'snap', 'properties': {}, 'size': 1, 'disk_format': 'raw'}
        self._patch('nova.image.glance.API').return_value.get.return_value = image
        self.set('mkisofs_cmd', os.path.join(os.path.dirname(__file__), 'mkisofs-stub'))
        self.daemon = self.start()
        self.compute = self.driver(self.daemon)

    def _patch(self, target, **arguments):
        patcher = mock.patch(target, **arguments)
        self.addCleanup(patcher.stop)
        return patcher.start()

    def test_every_recorded_method_is_accounted_for(self):
        methods = {recorded.load(name)['method'] for name in recorded.names()}
        self.assertEqual(set(), methods - REFUSED - set(ASKED) - OTHER)

    def test_every_call_crosses_as_the_contract_says(self):
        replayed = 0
        for name in recorded.names():
            record = recorded.load(name)
            if record['method'] in OTHER or name.startswith(FOREIGN_DATA):
                continue
            with self.subTest(name):
                self._replay(record)
                replayed += 1
        self.assertGreater(replayed, 200)

    def _replay(self, record):
        method = record['method']
        asked = len(self.daemon.calls())
        positional, named = self._arguments(record)
        if method in REFUSED:
            with self.assertRaises(NotImplementedError):
                getattr(self.compute, method)(*positional, **named)
        else:
            try:
                getattr(self.compute, method)(*positional, **named)
            except exception.ImageNotAuthorized:
                self.fail('the recorded context has a token')
        calls = self.daemon.calls()[asked:]
        self._check_order(record, [call['call'] for call in calls])
        for call in calls:
            self._check_content(record, call)

    def _check_order(self, record, names):
        expected = ASKED.get(record['method'], [])
        if 'configDriveFacts' in expected and 'configDriveFacts' not in names:
            expected = expected[1:]  # a server without config drive
        if record['args'].get('power_on') is False:
            expected = [name for name in expected if name != 'powerOn']
        self.assertEqual(expected, names)

    def _check_content(self, record, call):
        """Values that were converted, against the recording itself."""
        args, params = record['args'], call['params']
        if 'instance' in params and params['instance'] is not None:
            plain = args['instance']['plain']
            self.assertEqual(plain['uuid'], params['instance']['uuid'])
            if 'flavor' in plain:
                self.assertEqual(plain['flavor']['extra_specs'], params['instance']['flavor']['extraSpecs'])
                self.assertEqual(plain['flavor']['swap'], params['instance']['flavor']['swapMb'])
        if 'vifs' in params:
            recorded_vifs = _vifs(record)
            self.assertEqual([(vif['id'], vif['active'], vif['details']) for vif in recorded_vifs],
                             [(vif['id'], vif['active'], vif['details']) for vif in params['vifs']])
        if 'blockDevices' in params and args.get('block_device_info'):
            mapping = args['block_device_info']['block_device_mapping']
            self.assertEqual([volume['connection_info']['serial'] for volume in mapping],
                             [volume['volumeId'] for volume in params['blockDevices']['volumes']])
            self.assertEqual(not args['block_device_info']['image'] and bool(mapping),
                             params['blockDevices']['bootFromVolume'])
        if 'context' in args and isinstance(args['context'], dict):
            self.assertEqual(args['context']['request_id'], call['request']['requestId'])

    def _arguments(self, record):
        """By position and by name exactly as Nova passed them."""
        args = {**record['args'], **{
            name: value for name, value in (record.get('args_after') or {}).items() if name == 'network_info'}}
        live = {name: _special(name, value) for name, value in args.items()
                if name not in record.get('defaulted', [])}
        order = list(_parameters(getattr(base.ComputeDriver, record['method'])))
        count = record['passed']['positional']
        positional = [live.pop(name) for name in order[:count] if name in live]
        return [*positional, *live.pop('block_device_lists', [])], live


def _load(instance, name):
    values = {
        'flavor': an_instance().flavor,
        'system_metadata': {},
        'ec2_ids': objects.EC2Ids(instance_id='i-1', ami_id='ami-1', kernel_id=None, ramdisk_id=None),
        'keypairs': objects.KeyPairList(objects=[]),
    }
    setattr(instance, name, values.get(name))


def _parameters(function):
    return function.__code__.co_varnames[1:function.__code__.co_argcount]


def _vifs(record):
    info = (record.get('args_after') or {}).get('network_info') or record['args'].get('network_info') or {}
    return info.get('vifs', []) if isinstance(info, dict) else info


def _special(name, value):
    if name in ('update_task_state', 'post_method', 'recover_method', 'callback', 'bad_volumes_callback'):
        return mock.Mock()
    if name == 'provider_tree':
        tree = mock.Mock()
        tree.data.return_value.inventory = {}
        return tree
    return recorded.revive(value)
