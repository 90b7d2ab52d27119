"""Snapshots, volumes, resize and live migration."""

import pathlib
import unittest
from unittest import mock

import openstack_powervm

from tests import recorded
from tests.daemon import needs_daemon

try:
    from nova import exception
    from nova import objects
    from oslo_utils.fixture import uuidsentinel as uuids

    from tests.nova_rig import CallTest, an_instance
except ImportError:
    CallTest = unittest.TestCase


@recorded.needs_nova
@needs_daemon
class Images(CallTest):
    def snapshot(self, notes):
        driver = self.prepare({'snapshot': [{'notify': notes, 'result': {}}]})
        states = mock.Mock()
        with mock.patch('nova.image.glance.API') as api:
            api.return_value.get.return_value = {'name': 'backup'}
            driver.snapshot(self.context, self.instance, 'image-1', states)
            self.update = api.return_value.update.call_args
        return states.call_args_list

    def test_SNAP_2_SNAP_3_L_52_states_follow_the_daemon_and_the_first_expects_nothing(self):
        def change(state, expected):
            return ['taskState', {'instanceUuid': uuids.server, 'taskState': state, 'expected': expected}]
        calls = self.snapshot([change('image_pending_upload', None),
                               change('image_uploading', 'image_pending_upload')])
        self.assertEqual([mock.call(task_state='image_pending_upload'),
                          mock.call(task_state='image_uploading', expected_state='image_pending_upload')], calls)

    def test_SNAP_2_nova_finds_the_state_it_expects_at_the_end_in_any_case(self):
        self.assertEqual([mock.call(task_state='image_pending_upload'),
                          mock.call(task_state='image_uploading', expected_state='image_pending_upload')],
                         self.snapshot([]))

    def test_SNAP_6_L_53_the_name_stays_and_visibility_is_not_set(self):
        self.snapshot([])
        described = self.update.args[2] if len(self.update.args) > 2 else self.update.kwargs['image_info']
        self.assertEqual(('backup', 'raw', 'bare'),
                         tuple(described[key] for key in ('name', 'disk_format', 'container_format')))
        self.assertNotIn('visibility', described)
        self.assertFalse(self.update.kwargs['purge_props'])

    def test_a_snapshot_without_rights_is_refused_before_it_starts(self):
        driver = self.prepare()
        self.context.auth_token = None
        with mock.patch('nova.image.glance.API'), self.assertRaises(exception.ImageNotAuthorized):
            driver.snapshot(self.context, self.instance, 'image-1', mock.Mock())
        self.assertNotIn('snapshot', self.daemon.names())

    def test_SNAP_7_the_disk_is_read_without_the_helpers_that_later_novas_lack(self):
        package = pathlib.Path(openstack_powervm.__file__).parent
        users = [path.name for path in package.rglob('*.py') if 'privsep' in path.read_text(encoding='utf-8')]
        self.assertEqual([], users)

    def test_IMGC_3_images_of_this_hosts_servers_are_in_use(self):
        servers = [an_instance(image_ref='b'), an_instance(image_ref='a'), an_instance(image_ref='b'),
                   an_instance(image_ref=''), an_instance(image_ref='c', host='other')]
        self.prepare().manage_image_cache(self.context, servers)
        self.assertEqual(['a', 'b'], self.daemon.calls('manageImageCache')[0]['params']['usedImageIds'])


@recorded.needs_nova
@needs_daemon
class Servers(CallTest):
    def test_DESTROY_7_a_destroy_without_block_devices_has_no_volumes(self):
        self.prepare().destroy(self.context, self.instance, [])
        devices = self.daemon.calls('destroy')[0]['params']['blockDevices']
        self.assertEqual((False, [], [], 0), tuple(
            devices[key] for key in ('bootFromVolume', 'volumes', 'ephemerals', 'swapMb')))

    def test_RB_3_a_reboot_is_told_the_server_and_the_kind_only(self):
        bad_volumes = mock.Mock()
        self.prepare().reboot(self.context, self.instance, mock.Mock(), 'HARD', {'block_device_mapping': [1]},
                              bad_volumes)
        self.assertEqual({'instance', 'type'}, set(self.daemon.calls('reboot')[0]['params']) - {'request'})
        bad_volumes.assert_not_called()


@recorded.needs_nova
@needs_daemon
class Volumes(CallTest):
    def test_attach_hands_back_what_must_be_stored(self):
        info = {'serial': 'v1', 'driver_volume_type': 'iscsi', 'data': {'auth_password': 'geheim'}}
        changed = {**info, 'data': {'auth_password': 'geheim', 'udid': 'U'}}
        driver = self.prepare({'attachVolume': [{'result': {'connectionInfo': {'v1': changed}}}]})
        driver.attach_volume(self.context, info, self.instance, '/dev/sdb', encryption={})
        self.assertEqual('U', info['data']['udid'])

    def test_ISC_8_secrets_of_a_connection_are_not_in_its_error(self):
        info = {'serial': 'v1', 'data': {'auth_password': 'geheim'}}
        error = {'code': 'PVM_X', 'message': 'login with geheim refused'}
        driver = self.prepare({'attachVolume': [{'error': error}]})
        with self.assertRaisesRegex(exception.VolumeAttachFailed, r'^login with \*\*\* refused$'):
            driver.attach_volume(self.context, info, self.instance, '/dev/sdb')


@recorded.needs_nova
@needs_daemon
class Migration(CallTest):
    def test_MIG_2_the_same_host_is_known_by_its_address(self):
        driver = self.prepare()
        for address, same in (('127.0.0.1', True), ('127.0.0.9', False)):
            driver.migrate_disk_and_power_off(self.context, self.instance, address, self.instance.flavor, [],
                                              timeout=60, retry_interval=10)
            self.assertEqual(same, self.daemon.calls('migrateDiskAndPowerOff')[-1]['params']['sameHost'])

    def test_live_migration_data_travels_in_an_object_that_a_stock_conductor_knows(self):
        driver = self.prepare()
        data = driver.check_can_live_migrate_destination(
            self.context, self.instance, {'stats': '{"memory_region_size": "256"}'}, {'stats': {}})
        self.assertIsInstance(data, objects.LibvirtLiveMigrateData)
        again = objects.LibvirtLiveMigrateData.obj_from_primitive(data.obj_to_primitive())
        driver.check_can_live_migrate_source(self.context, self.instance, again)
        driver.pre_live_migration(self.context, self.instance, None, [], None, again)
        sent = [call['params']['data'] for call in self.daemon.calls(
            'checkCanLiveMigrateSource', 'preLiveMigration')]
        self.assertEqual((['{"step":1}', '{"step":2}'], '{"step":3}'), (sent, again.filename))

    def live_migrate(self, turn):
        driver = self.prepare({'liveMigration': [turn]})
        post, recover = mock.Mock(), mock.Mock()
        data = objects.LibvirtLiveMigrateData(filename='{}')
        with mock.patch('nova.compute.utils.add_instance_fault_from_exc') as fault:
            driver.live_migration(self.context, self.instance, 'host2', post, recover, migrate_data=data)
        return post, recover, fault

    def test_LMG_7_success_ends_in_novas_post_method(self):
        post, recover, _ = self.live_migrate({'result': {'outcome': 'done'}})
        self.assertEqual((1, 0), (post.call_count, recover.call_count))

    def test_LMG_6_failure_ends_in_novas_recover_method_with_a_fault_and_no_exception(self):
        post, recover, fault = self.live_migrate({'error': {'code': 'PVM_X', 'message': 'link down'}})
        self.assertEqual((0, 1), (post.call_count, recover.call_count))
        self.assertEqual('link down', str(fault.call_args.args[2]))

    def test_LMG_14_an_abort_is_a_recovery_that_was_cancelled(self):
        _, recover, _ = self.live_migrate({'result': {'outcome': 'cancelled'}})
        self.assertEqual('cancelled', recover.call_args.kwargs['migration_status'])
