"""Start and stop of the service, its options, and the errors of every call."""

import os
import unittest
from unittest import mock

from tests import recorded
from tests.daemon import needs_daemon

try:
    from nova import exception
    from oslo_utils.fixture import uuidsentinel as uuids

    from openstack_powervm import contract
    from openstack_powervm.compute import errors, options
    from openstack_powervm.compute.driver import PowerVMDriver
    from openstack_powervm.rpc import RpcError

    from tests.nova_rig import CONF, CallTest
except ImportError:
    CallTest = unittest.TestCase


@recorded.needs_nova
@needs_daemon
class Start(CallTest):
    def test_the_handshake_carries_resolved_options_and_novas_own(self):
        self.set('proc_units_factor', 0.5, group='powervm')
        self.set('rest_password', 'geheim', group='powervm')
        self.prepare()
        shaken = self.daemon.entries()[0]['handshake']
        self.assertEqual(('host1', '127.0.0.1'), (shaken['nova']['host'], shaken['nova']['my_ip']))
        self.assertEqual((0.5, 'geheim', 'datavg', None), tuple(shaken['options'][name] for name in (
            'proc_units_factor', 'rest_password', 'volume_group_name', 'vios_active_wait_timeout')))
        self.assertNotIn('daemon_socket', shaken['options'])

    def test_INIT_6_the_image_cache_flag_comes_from_the_daemon(self):
        self.assertTrue(self.prepare().capabilities['has_imagecache'])

    def test_an_absent_daemon_stops_the_service_with_its_name(self):
        self.set('daemon_socket', self.folder + '/none', group='powervm')
        with mock.patch('openstack_powervm.compute.bridge.START_PATIENCE', 0):
            with self.assertRaisesRegex(exception.HypervisorUnavailable, 'no compute daemon answers on .*/none'):
                PowerVMDriver(None).init_host('host1')

    def test_a_start_that_fails_tells_the_daemons_sentence(self):
        error = {'code': 'PVM_VOLUME_GROUP_NOT_FOUND', 'message': 'volume group datavg does not exist on any VIOS',
                 'novaException': 'NovaException'}
        with self.assertRaisesRegex(exception.NovaException, '^volume group datavg does not exist on any VIOS$'):
            self.prepare({'initHost': [{'error': error}]})

    def test_after_a_restart_of_the_daemon_the_host_is_made_ready_before_other_calls(self):
        driver = self.prepare()
        self.daemon.kill()
        daemon = self.start()
        driver.list_instances()
        self.assertEqual(['initHost', 'initHost', 'listInstances'], daemon.names())

    def test_INIT_11_the_stop_is_told_and_never_fails(self):
        driver = self.prepare()
        driver.cleanup_host('host1')
        self.assertIn('cleanupHost', self.daemon.names())
        driver.cleanup_host('host1')


@recorded.needs_nova
@needs_daemon
class Options(CallTest):
    def test_CFG_1_values_that_oslo_config_refuses_stop_the_start_by_name(self):
        path = os.path.join(self.folder, 'nova.conf')
        with open(path, 'w', encoding='utf-8') as file:
            file.write('[powervm]\nuncapped_proc_weight = 300\nproc_units_factor = many\ndisk_driver = tape\n')
        CONF([], project='nova', default_config_files=[path])
        with self.assertRaises(exception.InvalidConfiguration) as caught:
            options.resolved(CONF)
        for text in ('[powervm] uncapped_proc_weight', '[powervm] proc_units_factor', '[powervm] disk_driver', 'tape'):
            self.assertIn(text, str(caught.exception))

    def test_choices_do_not_mind_the_case(self):
        self.set('disk_driver', 'LocalDisk', group='powervm')
        self.assertEqual('localdisk', options.resolved(CONF)['disk_driver'].lower())

    def test_CFG_4_a_sample_can_be_generated_with_every_option(self):
        (group, listed), = options.list_opts()
        self.assertEqual(('powervm', [option['name'] for option in contract.options()]),
                         (group, [option.name for option in listed]))
        self.assertTrue(next(option for option in listed if option.name == 'rest_password').secret)


@recorded.needs_nova
@needs_daemon
class Errors(CallTest):
    def test_every_exception_named_in_the_contract_is_one_of_nova(self):
        described = contract.description()
        named = {method['novaException'] for method in described['methods'].values()}
        for table in described['errors'].values():
            named |= {name for name in table.values() if name}
        unknown = {name for name in named - {'NotImplementedError'} if not hasattr(exception, name)}
        self.assertEqual(set(), unknown)

    def test_a_name_that_this_nova_lacks_becomes_the_base_class_with_the_text(self):
        error = errors.to_nova(RpcError('PVM_X', 'why', 'OfALaterRelease'), 'spawn')
        self.assertIs(exception.NovaException, type(error))
        self.assertEqual('why', error.format_message())

    def test_MIG_7_failures_of_a_resize_are_wrapped(self):
        error = errors.to_nova(RpcError('PVM_X', 'why', 'InstancePowerOffFailure'), 'migrateDiskAndPowerOff')
        self.assertIsInstance(error, exception.InstanceFaultRollback)
        self.assertIsInstance(error.inner_exception, exception.InstancePowerOffFailure)
        plain = errors.to_nova(RpcError('PVM_X', 'why'), 'finishMigration')
        self.assertIsInstance(plain.inner_exception, exception.ResizeError)

    def test_what_the_daemon_does_not_offer_is_novas_not_implemented(self):
        error = {'code': 'PVM_NOT_SUPPORTED', 'message': 'no', 'novaException': 'NotImplementedError'}
        with self.assertRaises(NotImplementedError):
            self.prepare({'triggerCrashDump': [{'error': error}]}).trigger_crash_dump(self.instance)

    def test_a_daemon_that_is_away_has_the_exception_of_the_call_or_says_so(self):
        for code in ('PVM_UNAVAILABLE', 'PVM_DISCONNECTED'):
            for method, expected in (('getInfo', 'HypervisorUnavailable'), ('powerOff', 'InstancePowerOffFailure')):
                self.assertEqual(expected, type(errors.to_nova(RpcError(code, 'away'), method)).__name__)

    def test_PWR_7_addresses_of_a_guest_that_may_still_run_are_kept(self):
        driver = self.prepare({'destroy': [{'exit': True}]})
        with self.assertRaisesRegex(exception.InstancePowerOffFailure, 'connection to the compute daemon lost'):
            driver.destroy(self.context, self.instance, [])

    def test_ERR_1_anything_unexpected_leaves_as_a_nova_exception(self):
        driver = self.prepare()
        with mock.patch('openstack_powervm.compute.convert.instance', side_effect=KeyError('flavor')):
            with self.assertRaisesRegex(exception.NovaException, "power_off: 'flavor'"):
                driver.power_off(self.instance)

    def test_DRIFT_21_plug_vifs_raises_only_its_own_exception(self):
        error = {'code': 'PVM_INSTANCE_NOT_FOUND', 'message': 'no partition', 'novaException': 'InstanceNotFound'}
        driver = self.prepare({'plugVifs': [{'error': error}]})
        with self.assertRaisesRegex(exception.VirtualInterfacePlugException, f'{uuids.server}.*no partition'):
            driver.plug_vifs(self.instance, [])

    def test_HOST_6_a_missing_partition_is_instance_not_found(self):
        error = {'code': 'PVM_INSTANCE_NOT_FOUND', 'message': 'no partition', 'novaException': 'InstanceNotFound'}
        with self.assertRaises(exception.InstanceNotFound):
            self.prepare({'getInfo': [{'error': error}]}).get_info(self.instance)

    def test_power_failures_have_their_own_exceptions(self):
        failing = [{'error': {'code': 'PVM_UNREACHABLE', 'message': 'no answer'}}]
        driver = self.prepare({name: failing for name in ('powerOn', 'powerOff', 'reboot', 'destroy')})
        cases = [
            (exception.InstancePowerOnFailure, lambda: driver.power_on(self.context, self.instance, [])),
            (exception.InstancePowerOffFailure, lambda: driver.power_off(self.instance, 60, 10)),
            (exception.InstanceRebootFailure,
             lambda: driver.reboot(self.context, self.instance, [], 'SOFT')),
            (exception.InstanceTerminationFailure, lambda: driver.destroy(self.context, self.instance, [])),
        ]
        for expected, call in cases:
            with self.subTest(expected.__name__), self.assertRaisesRegex(expected, '^no answer$'):
                call()
