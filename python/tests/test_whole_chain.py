"""The driver, the real daemon and a simulated Power system together."""

import os
import unittest

from tests import recorded
from tests.daemon import needs_daemon

try:
    from nova import exception
    from nova.compute import power_state
    from nova.network import model
    from oslo_utils import uuidutils

    from openstack_powervm.compute.driver import PowerVMDriver
    from tests.nova_rig import CONF, CallTest, FakeVirtAPI, an_image, an_instance
    from tests.rpc_cases import InBackground
    from tests.test_spawn import BLOCK_DEVICES, a_vif
    from tests.whole_chain import PROGRAM, Daemon, ImageService, Simulator
except ImportError:
    CallTest = unittest.TestCase
    PROGRAM = None

IMAGE = os.urandom(64 * 1024)


@recorded.needs_nova
@needs_daemon
@unittest.skipUnless(PROGRAM and PROGRAM.exists(), 'needs the compiled command line (npm run build)')
class WholeChain(CallTest):
    def setUp(self):
        super().setUp()
        self.simulator = Simulator(self.folder)
        self.addCleanup(self.simulator.stop)
        self.images = ImageService(IMAGE)
        self.addCleanup(self.images.close)
        self.before = self.leftovers()
        self.start_daemon()
        self.set('api_servers', [self.images.url], group='glance')
        for name, value in {'rest_endpoint': self.simulator.url, 'rest_username': 'pvmadmin',
                            'rest_password': 'pvmadmin-simulated', 'daemon_socket': self.daemon.socket}.items():
            self.set(name, value, group='powervm')
        self.driver = PowerVMDriver(FakeVirtAPI())
        self.addCleanup(self.driver.cleanup_host, 'host1')
        self.instance = an_instance(uuid=uuidutils.generate_uuid())
        self.network = model.NetworkInfo([a_vif(uuidutils.generate_uuid(), False)])

    def start_daemon(self):
        self.daemon = Daemon(self.folder)
        self.addCleanup(self.daemon.stop)

    def leftovers(self):
        """What operations make and must remove, counted over the whole system."""
        system, = self.simulator.world()['systems']
        return {
            'partitions': len(system['partitions']),
            'mappings': sum(len(vios['mappings']) for vios in system['vioses']),
            # Without cached images, which stay for the next server (IMGC-2).
            'disks': sum(not disk['name'].startswith('i_') for vios in system['vioses']
                         for group in vios['volumeGroups'] for disk in group['disks']),
        }

    def spawn(self):
        self.driver.spawn(self.context, self.instance, an_image(size=len(IMAGE)), [], None, {},
                          network_info=self.network, block_device_info=BLOCK_DEVICES)

    def destroy(self):
        self.driver.destroy(self.context, self.instance, self.network, BLOCK_DEVICES)

    def state(self):
        return self.driver.get_info(self.instance).state

    def test_a_server_lives_and_leaves_nothing(self):
        self.driver.init_host('host1')
        self.spawn()
        self.assertEqual(power_state.RUNNING, self.state())
        self.assertEqual([self.instance.name], self.driver.list_instances())
        self.assertIn(self.instance.uuid, self.driver.list_instance_uuids())
        self.assertEqual({'secret-token'}, self.images.tokens)
        self.check_diagnostics()
        self.driver.reboot(self.context, self.instance, self.network, 'HARD')
        self.driver.power_off(self.instance, 60, 10)
        self.assertEqual(power_state.SHUTDOWN, self.state())
        self.driver.power_on(self.context, self.instance, self.network)
        self.assertEqual(power_state.RUNNING, self.state())
        self.driver.plug_vifs(self.instance, self.network)
        self.destroy()
        with self.assertRaises(exception.InstanceNotFound):
            self.state()
        self.destroy()
        self.assertEqual(self.before, self.leftovers())

    def check_diagnostics(self):
        """A21: the first question switches the monitor on; what it has measured then is in Nova's object."""
        young = self.driver.get_instance_diagnostics(self.instance)
        self.assertEqual(([], None), (young.cpu_details, young.nic_details[0].rx_octets))
        self.simulator.pass_time(120)
        known = self.driver.get_instance_diagnostics(self.instance)
        self.assertGreater(known.cpu_details[0].time, 0)
        self.assertGreater(known.cpu_details[0].utilisation, 0)
        for details, counter in ((known.nic_details, 'rx_octets'), (known.disk_details, 'read_bytes')):
            self.assertTrue(details)
            for one in details:
                self.assertGreater(getattr(one, counter), 0)
        self.assertIn(self.network[0]['address'], [nic.mac_address for nic in known.nic_details])

    def test_bad_requests_end_with_one_sentence_and_leave_nothing(self):
        self.driver.init_host('host1')
        before = self.leftovers()
        self.instance.flavor.extra_specs = {'powervm:nope': '1'}
        with self.assertRaisesRegex(exception.BuildAbortException, 'the key powervm:nope'):
            self.spawn()
        self.instance.flavor.extra_specs = {}
        with self.assertRaisesRegex(exception.FlavorDiskSmallerThanImage, 'root disk of flavor "small"'):
            self.driver.spawn(self.context, self.instance, an_image(size=5 << 30), [], None, {},
                              network_info=self.network, block_device_info=BLOCK_DEVICES)
        self.assertEqual(before, self.leftovers())

    def test_a_start_with_a_bad_setting_names_it(self):
        for group, name, value, text in (
                ('powervm', 'rest_password', 'wrong', 'log'),
                ('powervm', 'volume_group_name', 'nosuch', 'nosuch'),
                ('powervm', 'rest_endpoint', 'not-a-url', r'\[powervm\] rest_endpoint')):
            with self.subTest(name):
                kept = CONF[group][name]
                CONF.set_override(name, value, group=group)
                try:
                    with self.assertRaisesRegex(exception.NovaException, text) as caught:
                        PowerVMDriver(None).init_host('host1')
                    self.assertNotIn('wrong', str(caught.exception))
                finally:
                    CONF.set_override(name, kept, group=group)

    def test_a_daemon_killed_in_the_middle_of_a_deployment_leaves_what_delete_removes(self):
        self.driver.init_host('host1')
        self.images.go.clear()
        spawning = InBackground(self.spawn)
        self.assertTrue(self.images.asked.wait(30))
        self.daemon.kill()
        self.assertIsInstance(spawning.join().error, exception.InstanceDeployFailure)
        self.start_daemon()
        self.destroy()
        self.images.go.set()
        self.assertEqual(self.before, self.leftovers())
        self.spawn()
        self.assertEqual(power_state.RUNNING, self.state())
