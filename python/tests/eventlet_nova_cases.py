"""The driver under eventlet with Nova's own waiting context, as in the running service of Nova 26."""

from unittest import mock

import eventlet
from eventlet import patcher
from nova import exception
from nova import objects
from nova.compute import manager
from nova.network import model
from oslo_utils.fixture import uuidsentinel as uuids

from tests.daemon import eventually
from tests.nova_rig import CallTest, an_image, an_instance
from tests.test_spawn import BLOCK_DEVICES, a_vif


class NovasOwnWait(CallTest):
    def setUp(self):
        super().setUp()
        self.compute = mock.Mock(instance_events=manager.InstanceEvents())
        self.network = model.NetworkInfo([a_vif(uuids.port, False)])
        self.instance = an_instance()

    def spawn(self, script=None):
        """In a green thread of its own, as every request of Nova's."""
        self.daemon = self.start(script)
        driver = self.driver(self.daemon, manager.ComputeVirtAPI(self.compute))
        return eventlet.spawn(driver.spawn, self.context, self.instance, an_image(), [], None, {},
                              network_info=self.network, block_device_info=BLOCK_DEVICES)

    def neutron_says(self, status):
        event = objects.InstanceExternalEvent(name='network-vif-plugged', tag=uuids.port, status=status)
        waiter = self.compute.instance_events.pop_instance_event(self.instance, event)
        self.assertIsNotNone(waiter, 'somebody must be waiting')
        waiter.send(event)

    def names(self):
        return [name for name in self.daemon.names() if name not in ('initHost', 'configDriveFacts')]

    def test_VIF_5_power_on_comes_after_the_event(self):
        spawning = self.spawn()
        eventually(lambda: self.daemon.calls('spawn'), 'the daemon is asked')
        eventlet.sleep(0.2)
        self.assertEqual(['spawn'], self.names())
        self.neutron_says('completed')
        spawning.wait()
        self.assertEqual(['spawn', 'powerOn'], self.names())

    def test_an_event_that_comes_while_the_daemon_works_is_not_lost(self):
        spawning = self.spawn({'spawn': [{'together': 2, 'result': {}}], 'listInstances': [{'together': 2}]})
        eventually(lambda: self.daemon.calls('spawn'), 'the daemon is asked')
        self.neutron_says('completed')
        other = self.driver(self.daemon)
        other.list_instances()
        spawning.wait()
        self.assertEqual('powerOn', self.names()[-1])

    def test_DRIFT_3_expiry_undoes(self):
        self.set('vif_plugging_timeout', 1)
        with self.assertRaisesRegex(exception.VirtualInterfaceCreateException, uuids.port):
            self.spawn().wait()
        self.assertEqual(['spawn', 'undoSpawn'], self.names())

    def test_B_6_expiry_goes_on_when_not_fatal(self):
        self.set('vif_plugging_timeout', 1)
        self.set('vif_plugging_is_fatal', False)
        self.spawn().wait()
        self.assertEqual(['spawn', 'powerOn'], self.names())

    def test_a_failed_event_undoes(self):
        spawning = self.spawn()
        eventually(lambda: self.daemon.calls('spawn'), 'the daemon is asked')
        self.neutron_says('failed')
        with self.assertRaises(exception.VirtualInterfaceCreateException):
            spawning.wait()
        self.assertEqual(['spawn', 'undoSpawn'], self.names())

    def test_a_killed_request_undoes(self):
        spawning = self.spawn()
        eventually(lambda: self.daemon.calls('spawn'), 'the daemon is asked')
        eventlet.sleep(0.2)
        spawning.kill()
        eventually(lambda: self.names() == ['spawn', 'undoSpawn'], 'what was made is removed')


class LifecycleEventsUnderEventlet(CallTest):
    def test_nova_hears_of_them_on_a_green_thread_of_the_main_one(self):
        native = patcher.original('threading').get_native_id
        server = an_instance(task_state=None, power_state=1)
        heard = []
        driver = self.prepare()
        driver.register_event_listener(lambda event: heard.append((event.get_name(), native())))
        with mock.patch.object(objects.Instance, 'get_by_uuid', return_value=server):
            self.daemon.emit([server.uuid], 'stopped')
            eventually(lambda: heard, 'the event arrives')
        self.assertEqual([('Stopped', native())], heard)
