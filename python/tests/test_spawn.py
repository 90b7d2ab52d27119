"""Deploying a server: waiting for Neutron, undoing, config drive, what is saved (requirements 4.1, design 3.5)."""

import os
import unittest
from unittest import mock

from tests import recorded
from tests.daemon import needs_daemon

try:
    from nova import context as nova_context
    from nova import exception
    from nova.network import model
    from oslo_concurrency import processutils
    from oslo_utils.fixture import uuidsentinel as uuids

    from tests.nova_rig import DriverTest, FakeVirtAPI, an_image, an_instance
except ImportError:
    DriverTest = unittest.TestCase

BLOCK_DEVICES = {'root_device_name': '/dev/sda', 'image': [], 'ephemerals': [], 'block_device_mapping': [],
                 'swap': None}


class Expired(BaseException):
    """Stands for eventlet's Timeout, which is no Exception."""


def a_vif(identity, active):
    subnet = model.Subnet(cidr='10.0.0.0/24', version=4, gateway=model.IP('10.0.0.1'),
                          ips=[model.FixedIP(address='10.0.0.5')], dhcp_server='10.0.0.1')
    network = model.Network(id=uuids.network, label='private', subnets=[subnet], vlan=100)
    return model.VIF(id=identity, address='fa:16:3e:00:00:01', network=network, type='pvm_sea', active=active,
                     details={'vlan': '100'})


@recorded.needs_nova
@needs_daemon
class SpawnTest(DriverTest):
    def setUp(self):
        super().setUp()
        self.context = nova_context.RequestContext('u', 'p', auth_token='secret-token', request_id='req-spawn')
        self.instance = an_instance()
        self.network = model.NetworkInfo([a_vif(uuids.waiting, False), a_vif(uuids.wired, True)])

    def spawn(self, driver, **arguments):
        driver.spawn(self.context, self.instance, an_image(), [], 'admin-password', {}, **{
            'network_info': self.network, 'block_device_info': BLOCK_DEVICES, **arguments})

    def prepare(self, script=None, virtapi=None):
        self.daemon = self.start(script)
        self.virtapi = virtapi or FakeVirtAPI()
        return self.driver(self.daemon, self.virtapi)

    def names(self):
        return [name for name in self.daemon.names() if name not in ('initHost', 'configDriveFacts')]


class Order(SpawnTest):
    def test_VIF_5_L_106_only_ports_that_are_not_active_are_waited_for(self):
        self.spawn(self.prepare())
        self.assertEqual([([('network-vif-plugged', uuids.waiting)], 300)], self.virtapi.waits)
        self.assertEqual(['spawn', 'powerOn'], self.names())

    def test_power_on_comes_after_the_wait_and_the_rest_inside_it(self):
        seen = []
        driver = self.prepare()
        call = driver._bridge.call
        driver._bridge.call = lambda method, *args, **kw: (
            seen.append((method, self.virtapi.inside)), call(method, *args, **kw))[1]
        self.spawn(driver)
        self.assertEqual([('configDriveFacts', None), ('spawn', True), ('powerOn', False)], seen)

    def test_nothing_to_wait_for_enters_no_context(self):
        self.network = model.NetworkInfo([a_vif(uuids.wired, True)])
        self.spawn(self.prepare())
        self.assertEqual([], self.virtapi.waits)

    def test_B_5_no_limit_means_no_wait_and_no_failure(self):
        self.set('vif_plugging_timeout', 0)
        self.spawn(self.prepare())
        self.assertEqual([], self.virtapi.waits)
        self.assertEqual(['spawn', 'powerOn'], self.names())

    def test_SPAWN_18_may_be_asked_not_to_power_on(self):
        self.spawn(self.prepare(), power_on=False)
        self.assertEqual(['spawn'], self.names())

    def test_accelerators_are_refused_before_anything_is_made(self):
        with self.assertRaises(exception.BuildAbortException):
            self.spawn(self.prepare(), accel_info=[{'device': 1}])
        self.assertEqual([], self.names())


class Failure(SpawnTest):
    def test_DRIFT_3_expiry_undoes_and_becomes_a_create_exception(self):
        for expired in (Expired('300 seconds'), self._later_release()):
            with self.subTest(type(expired).__name__):
                driver = self.prepare(virtapi=FakeVirtAPI(ending=expired))
                with mock.patch('openstack_powervm.compute.vif_events._is_expiry', lambda e: e is expired):
                    with self.assertRaisesRegex(exception.VirtualInterfaceCreateException, uuids.waiting):
                        self.spawn(driver)
                self.assertEqual(['spawn', 'undoSpawn'], self.names())
                self.daemon.stop()
                os.unlink(self.daemon.journal)

    @staticmethod
    def _later_release():
        return type('InstanceEventTimeout', (Exception,), {})('timed out')

    def test_B_6_expiry_goes_on_when_plugging_is_not_fatal(self):
        self.set('vif_plugging_is_fatal', False)
        expired = Expired()
        driver = self.prepare(virtapi=FakeVirtAPI(ending=expired))
        with mock.patch('openstack_powervm.compute.vif_events._is_expiry', lambda e: e is expired):
            self.spawn(driver)
        self.assertEqual(['spawn', 'powerOn'], self.names())

    def test_a_failed_event_undoes_when_fatal(self):
        driver = self.prepare(virtapi=FakeVirtAPI(failed=['network-vif-plugged-x']))
        with self.assertRaisesRegex(exception.VirtualInterfaceCreateException, 'network-vif-plugged-x'):
            self.spawn(driver)
        self.assertEqual(['spawn', 'undoSpawn'], self.names())

    def test_a_failed_event_is_ignored_when_not_fatal(self):
        self.set('vif_plugging_is_fatal', False)
        self.spawn(self.prepare(virtapi=FakeVirtAPI(failed=['network-vif-plugged-x'])))
        self.assertEqual(['spawn', 'powerOn'], self.names())

    def test_somebody_elses_timeout_inside_the_body_is_not_taken_for_expiry(self):
        foreign = Expired()
        driver = self.prepare()
        with mock.patch('openstack_powervm.compute.vif_events._is_expiry', lambda e: True):
            with mock.patch('openstack_powervm.compute.image_access.of', side_effect=foreign):
                with self.assertRaises(Expired):
                    self.spawn(driver)
        self.assertEqual([], self.names())

    def test_a_refused_spawn_keeps_its_sentence_and_is_not_undone_twice(self):
        error = {'code': 'PVM_IMAGE_TOO_LARGE', 'message': 'image rhel has 5 GB, the flavor small 1 GB',
                 'novaException': 'FlavorDiskSmallerThanImage'}
        with self.assertRaises(exception.FlavorDiskSmallerThanImage) as caught:
            self.spawn(self.prepare({'spawn': [{'error': error}]}))
        self.assertEqual('image rhel has 5 GB, the flavor small 1 GB', caught.exception.format_message())
        self.assertEqual(['spawn'], self.names())

    def test_a_power_on_that_fails_undoes_and_is_what_is_reported(self):
        error = {'code': 'PVM_X', 'message': 'no memory'}
        script = {'powerOn': [{'error': error}], 'undoSpawn': [{'error': {'code': 'PVM_Y', 'message': 'worse'}}]}
        with self.assertRaisesRegex(exception.InstancePowerOnFailure, '^no memory$'):
            self.spawn(self.prepare(script))
        self.assertEqual(['spawn', 'powerOn', 'undoSpawn'], self.names())

    def test_a_daemon_that_dies_fails_the_spawn_at_once(self):
        driver = self.prepare({'spawn': [{'exit': True}]})
        with self.assertRaisesRegex(exception.InstanceDeployFailure, 'connection to the compute daemon lost'):
            self.spawn(driver)

    def test_a_failed_network_allocation_passes_unchanged(self):
        class Allocation:
            def __iter__(self):
                raise exception.PortLimitExceeded()
        with self.assertRaises(exception.PortLimitExceeded):
            self.spawn(self.prepare(), network_info=Allocation())
        self.assertEqual([], self.names())


class Content(SpawnTest):
    def test_the_daemon_gets_image_rights_and_the_request(self):
        self.spawn(self.prepare())
        call, = self.daemon.calls('spawn')
        self.assertEqual({'endpoint': 'http://127.0.0.1:9292', 'token': 'secret-token'},
                         call['params']['imageAccess'])
        self.assertEqual('req-spawn', call['request']['requestId'])
        self.assertIsNone(call['params']['configDrivePath'])

    def test_updates_are_saved_before_power_on(self):
        self.spawn(self.prepare())
        self.assertEqual('062d9bd0a1b2', self.instance.system_metadata['mgmt_interface_mac'])
        self.assertEqual(1, len(self.saved))

    def test_SPAWN_8_connection_information_is_saved_with_its_volume(self):
        volume = recorded.BlockDevice(
            mount_device='/dev/sda', boot_index=0,
            connection_info={'serial': 'v1', 'driver_volume_type': 'iscsi', 'data': {}})
        changed = {'serial': 'v1', 'driver_volume_type': 'iscsi', 'data': {'udid': 'U'}}
        self.spawn(self.prepare({'spawn': [{'result': {'connectionInfo': {'v1': changed}}}]}),
                   block_device_info={**BLOCK_DEVICES, 'block_device_mapping': [volume]})
        self.assertEqual(changed, volume['connection_info'])
        self.assertTrue(volume.saved)
        self.assertTrue(self.daemon.calls('spawn')[0]['params']['blockDevices']['bootFromVolume'])

    def test_SPAWN_16_L_54_the_root_device_among_the_volumes_decides_what_it_boots_from(self):
        def volume(device, index):
            return recorded.BlockDevice(mount_device=device, boot_index=index,
                                        connection_info={'serial': device, 'data': {}})

        def booted_from_volume(image_ref, *volumes):
            self.instance.image_ref = image_ref
            info = {**BLOCK_DEVICES, 'block_device_mapping': list(volumes)}
            driver = self.prepare()
            self.spawn(driver, block_device_info=info)
            driver.destroy(self.context, self.instance, self.network, info)
            told = [call['params']['blockDevices']['bootFromVolume'] for call in self.daemon.calls('spawn', 'destroy')]
            self.daemon.stop()
            os.unlink(self.daemon.journal)
            return told
        self.assertEqual([True, True], booted_from_volume('an-image', volume('/dev/sda', 0)))
        self.assertEqual([False, False], booted_from_volume('', volume('/dev/sdb', None)))

    def test_L_26_the_flavor_is_the_one_on_the_instance(self):
        with mock.patch('nova.objects.Flavor.get_by_id', side_effect=AssertionError('the flavor is deleted')):
            self.spawn(self.prepare())
        self.assertEqual('small', self.daemon.calls('spawn')[0]['params']['instance']['flavor']['name'])

    def test_progress_is_saved_in_steps_worth_a_round_trip(self):
        notes = [['progress', {'instanceUuid': uuids.server, 'percent': percent, 'step': 's'}]
                 for percent in (3, 12, 15, 50)]
        self.spawn(self.prepare({'spawn': [{'notify': notes, 'result': {}}]}))
        self.assertEqual(50, self.instance.progress)
        self.assertEqual(2, len(self.saved))

    def test_DRIFT_1_evacuation_is_noted_by_rebuild_and_told_to_the_daemon(self):
        driver = self.prepare()
        self.instance.task_state = 'rebuild_spawning'
        with self.assertRaises(NotImplementedError):
            driver.rebuild(context=self.context, instance=self.instance, image_meta=None, injected_files=[],
                           admin_password='', allocations={}, bdms=[], detach_block_devices=None,
                           attach_block_devices=None, evacuate=True)
        self.spawn(driver)
        self.spawn(driver)
        self.assertEqual([True, False], [call['params']['evacuate'] for call in self.daemon.calls('spawn')])

    def test_DRIFT_1_a_note_of_another_request_is_dropped(self):
        driver = self.prepare()
        self.instance.task_state = 'rebuild_spawning'
        other = nova_context.RequestContext('u', 'p', request_id='req-other')
        with self.assertRaises(NotImplementedError):
            driver.rebuild(other, self.instance, None, [], '', {}, [], None, None, evacuate=True)
        self.spawn(driver)
        self.assertEqual(False, self.daemon.calls('spawn')[0]['params']['evacuate'])


class ConfigDrive(SpawnTest):
    FACTS = {
        'partitionUuid': '1c9bb7d5-f576-45e8-9277-33fe0201862c',
        'management': {'mac': '06:2d:9b:d0:a1:b2', 'ipv6Address': 'fe80::42d:9bff:fed0:a1b2'},
        'vifTypes': {},
    }

    def setUp(self):
        super().setUp()
        self.set('mkisofs_cmd', os.path.join(os.path.dirname(__file__), 'mkisofs-stub'))
        self.set('tempdir', self.folder)
        self.instance = an_instance(config_drive='True')
        self.made = []
        for target in ('nova.virt.configdrive.ConfigDriveBuilder.make_drive',
                       'nova.api.metadata.base.InstanceMetadata'):
            patcher = mock.patch(target)
            self.addCleanup(patcher.stop)
            setattr(self, target.rpartition('.')[2], patcher.start())
        self.InstanceMetadata.return_value.metadata_for_config_drive.return_value = []

    def facts(self):
        return [{'result': {**self.FACTS, 'vifTypes': {uuids.waiting: 'vif', uuids.wired: 'vif'}}}]

    def leftovers(self):
        return [name for name in os.listdir(self.folder) if name.startswith('powervm-config-drive')]

    def test_CD_7_L_101_the_path_is_passed_in_a_private_folder_and_gone_afterwards(self):
        modes = []
        self.make_drive.side_effect = lambda path: modes.append(os.stat(os.path.dirname(path)).st_mode & 0o777)
        self.spawn(self.prepare({'configDriveFacts': self.facts()}))
        self.assertEqual([0o700], modes)
        path = self.daemon.calls('spawn')[0]['params']['configDrivePath']
        self.assertTrue(path.startswith(self.folder))
        self.assertEqual([], self.leftovers())
        self.assertEqual([True], [call['params']['configDrive'] for call in self.daemon.calls('powerOn')])

    def test_CD_7_it_is_gone_after_a_failure_too(self):
        error = {'code': 'PVM_X', 'message': 'no'}
        with self.assertRaises(exception.InstanceDeployFailure):
            self.spawn(self.prepare({'configDriveFacts': self.facts(), 'spawn': [{'error': error}]}))
        self.assertEqual([], self.leftovers())

    def test_RETRY_5_L_97_an_operating_system_error_is_tried_once_more(self):
        self.make_drive.side_effect = [OSError('no space'), None]
        self.spawn(self.prepare({'configDriveFacts': self.facts()}))
        self.assertEqual(2, self.make_drive.call_count)

    def test_RETRY_5_the_second_failure_fails_the_deployment_before_anything_is_made(self):
        self.make_drive.side_effect = processutils.ProcessExecutionError(cmd='genisoimage')
        with self.assertRaisesRegex(exception.InstanceDeployFailure, 'config drive could not be built'):
            self.spawn(self.prepare({'configDriveFacts': self.facts()}))
        self.assertEqual(([], 2), (self.names(), self.make_drive.call_count))

    def test_a_format_that_is_no_optical_media_is_refused_by_the_options_name(self):
        self.set('config_drive_format', 'vfat')
        with self.assertRaisesRegex(exception.ConfigDriveUnknownFormat, 'config_drive_format is vfat'):
            self.spawn(self.prepare({'configDriveFacts': self.facts()}))
        self.assertEqual([], self.names())

    def test_CD_4_L_99_CD_5_L_100_CD_6_CD_8_what_the_metadata_says(self):
        self.spawn(self.prepare({'configDriveFacts': self.facts()}))
        arguments = self.InstanceMetadata.call_args.kwargs
        self.assertEqual({'admin_pass': 'admin-password'}, arguments['extra_md'])
        self.assertEqual(self.FACTS['partitionUuid'], self.InstanceMetadata.return_value.uuid)
        self.assertEqual([('vif', uuids.waiting), ('vif', uuids.wired), ('vif', 'mgmt_vif')],
                         [(vif['type'], vif['id']) for vif in arguments['network_info']])
        self.assertEqual(['pvm_sea', 'pvm_sea'], [vif['type'] for vif in self.network])

    def test_CD_6_L_103_nova_renders_the_management_port(self):
        from nova.virt import netutils

        from openstack_powervm.compute import config_drive
        info = config_drive.network(self.network, {**self.FACTS, 'vifTypes': {}})
        rendered = netutils.get_network_metadata(info)
        self.assertEqual('06:2d:9b:d0:a1:b2', rendered['links'][-1]['ethernet_mac_address'])
        self.assertEqual(('ipv6', 'fe80::42d:9bff:fed0:a1b2', 'ffff:ffff:ffff:ffff::'),
                         tuple(rendered['networks'][-1][key] for key in ('type', 'ip_address', 'netmask')))
        self.assertIn('fe80::42d:9bff:fed0:a1b2', netutils.get_injected_network_template(info))

    def test_RESC_4_the_rescue_password_is_in_a_drive_of_its_own(self):
        driver = self.prepare({'configDriveFacts': self.facts()})
        driver.rescue(self.context, self.instance, self.network, an_image(), 'rescue-password', BLOCK_DEVICES)
        self.assertEqual({'admin_pass': 'rescue-password'}, self.InstanceMetadata.call_args.kwargs['extra_md'])
        path = self.daemon.calls('rescue')[0]['params']['configDrivePath']
        self.assertTrue(path.startswith(self.folder))
        self.assertEqual([], self.leftovers())

    def test_CD_1_an_evacuated_server_gets_no_new_one(self):
        driver = self.prepare({'configDriveFacts': self.facts()})
        self.instance.task_state = 'rebuild_spawning'
        with self.assertRaises(NotImplementedError):
            driver.rebuild(self.context, self.instance, None, [], '', {}, [], None, None, evacuate=True)
        self.spawn(driver)
        self.assertIsNone(self.daemon.calls('spawn')[0]['params']['configDrivePath'])
