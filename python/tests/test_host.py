"""Calls about the host, placement, and partitions that change their state by themselves."""

import os
import unittest
from unittest import mock

from tests import recorded
from tests.daemon import eventually, needs_daemon

try:
    import os_resource_classes as orc
    from nova import exception
    from nova import objects
    from nova.compute import power_state, provider_tree
    from oslo_utils.fixture import uuidsentinel as uuids

    from tests.nova_rig import CONF, CallTest, an_instance
except ImportError:
    CallTest = unittest.TestCase


@recorded.needs_nova
@needs_daemon
class Host(CallTest):
    def test_HOST_1_L_36_the_node_is_the_host_and_nobody_is_asked(self):
        driver = self.prepare()
        self.assertEqual(['host1'], driver.get_available_nodes())
        self.assertEqual(['initHost'], self.daemon.names())

    def test_HOST_2_uptime(self):
        self.assertRegex(self.prepare().get_host_uptime(), 'load average')

    def test_HOST_3_my_ip(self):
        self.assertEqual('127.0.0.1', self.prepare().get_host_ip_addr())

    def test_HOST_9_a_volume_backed_server_has_its_disk_everywhere(self):
        driver = self.prepare({'instanceOnDisk': [{'result': False}]})
        with mock.patch('nova.compute.utils.is_volume_backed_instance', return_value=True):
            self.assertTrue(driver.instance_on_disk(self.instance))
        with mock.patch('nova.compute.utils.is_volume_backed_instance', return_value=False):
            self.assertFalse(driver.instance_on_disk(self.instance))

    def test_HOST_10_local_storage_is_novas_not_implemented(self):
        driver = self.prepare({'checkSharedStorageLocal': [{'result': None}]})
        with self.assertRaises(NotImplementedError):
            driver.check_instance_shared_storage_local(self.context, self.instance)

    def test_calls_without_a_context_carry_the_request_of_their_thread(self):
        driver = self.prepare()
        self.context.update_store()
        driver.power_off(self.instance, 60, 10)
        self.assertEqual('req-1', self.daemon.calls('powerOff')[0]['request']['requestId'])

    def test_RES_the_report_is_novas_dictionary(self):
        report = self.prepare().get_available_resource('host1')
        self.assertEqual((64, 'phyp', None), (report['vcpus'], report['hypervisor_type'], report['numa_topology']))


@recorded.needs_nova
@needs_daemon
class Placement(CallTest):
    def setUp(self):
        super().setUp()
        self.tree = provider_tree.ProviderTree()
        self.tree.new_root('host1', uuids.node)

    def update(self, driver):
        driver.update_provider_tree(self.tree, 'host1')
        return self.tree.data('host1')

    def test_PLC_1_inventories_with_reserved_amounts(self):
        self.set('reserved_host_cpus', 2)
        self.set('reserved_host_disk_mb', 1500)
        inventory = self.update(self.prepare()).inventory
        self.assertEqual({'total': 64, 'min_unit': 1, 'max_unit': 64, 'step_size': 1, 'reserved': 2,
                          'allocation_ratio': 16.0}, inventory[orc.VCPU])
        self.assertEqual((512, 2), (inventory[orc.MEMORY_MB]['reserved'], inventory[orc.DISK_GB]['reserved']))

    def test_PLC_4_memory_is_not_overcommitted_unless_configured(self):
        self.assertEqual(1.0, self.update(self.prepare()).inventory[orc.MEMORY_MB]['allocation_ratio'])

    def test_PLC_2_an_operators_ratio_wins(self):
        self.set('ram_allocation_ratio', 1.2)
        self.assertEqual(1.2, self.update(self.prepare()).inventory[orc.MEMORY_MB]['allocation_ratio'])

    def test_PLC_2_an_operators_initial_ratio_wins_even_when_it_is_novas_default(self):
        path = os.path.join(self.folder, 'nova.conf')
        with open(path, 'w', encoding='utf-8') as file:
            file.write('[DEFAULT]\ninitial_ram_allocation_ratio = 1.5\n')
        CONF([], project='nova', default_config_files=[path])
        self.assertEqual(1.5, self.update(self.prepare()).inventory[orc.MEMORY_MB]['allocation_ratio'])

    def test_PLC_2_DRIFT_10_what_placement_has_is_kept(self):
        driver = self.prepare()
        self.update(driver)
        known = self.tree.data('host1').inventory
        known[orc.MEMORY_MB]['allocation_ratio'] = 1.1
        self.tree.update_inventory('host1', known)
        self.assertEqual(1.1, self.update(driver).inventory[orc.MEMORY_MB]['allocation_ratio'])

    def test_PLC_6_only_our_own_traits_come_and_go(self):
        self.tree.add_traits('host1', 'HW_ARCH_PPC64', 'CUSTOM_OF_AN_OPERATOR')
        self.assertEqual({'HW_ARCH_PPC64LE', 'CUSTOM_OF_AN_OPERATOR'}, set(self.update(self.prepare()).traits))

    def test_PLC_5_a_sharing_provider_is_left_alone_and_every_host_reports_the_pool(self):
        """Stock Nova counts a sharing provider twice when a server moves, and its own drivers ignore it."""
        pool = {orc.DISK_GB: {'total': 1024, 'min_unit': 1, 'max_unit': 1024, 'step_size': 1, 'reserved': 0,
                              'allocation_ratio': 1.0}}
        self.tree.new_root('pool', uuids.pool)
        self.tree.update_inventory('pool', pool)
        self.tree.update_traits('pool', ['MISC_SHARES_VIA_AGGREGATE'])
        self.tree.update_aggregates('pool', [uuids.aggregate])
        self.tree.update_aggregates('host1', [uuids.aggregate])
        self.assertTrue(self.tree.has_sharing_provider(orc.DISK_GB))
        self.assertEqual(1024, self.update(self.prepare()).inventory[orc.DISK_GB]['total'])
        self.assertEqual(pool, self.tree.data('pool').inventory)

    def test_PLC_5_an_operator_can_have_the_pool_counted_once_by_ratio(self):
        self.set('disk_allocation_ratio', 0.5)
        disk = self.update(self.prepare()).inventory[orc.DISK_GB]
        self.assertEqual((1024, 0.5), (disk['total'], disk['allocation_ratio']))

    def test_PLC_3_the_system_is_not_read_again(self):
        self.update(self.prepare())
        self.assertNotIn('getAvailableResource', self.daemon.names())


@recorded.needs_nova
@needs_daemon
class Events(CallTest):
    TOP_BIT = '9c9bb7d5-f576-45e8-9277-33fe0201862c'
    LOW = '1c9bb7d5-f576-45e8-9277-33fe0201862c'

    def emitted(self, known, transition, candidates=None):
        """What the manager hears of one event, when Nova knows these servers."""
        driver = self.prepare()
        heard = mock.Mock()
        driver.register_event_listener(heard)
        asked = []

        def get_by_uuid(context, uuid):
            asked.append(uuid)
            if uuid not in known:
                raise exception.InstanceNotFound(instance_id=uuid)
            return known[uuid]

        with mock.patch.object(objects.Instance, 'get_by_uuid', get_by_uuid):
            for candidate in candidates or [[self.LOW, self.TOP_BIT]]:
                self.daemon.emit(candidate, transition)
            self.daemon.emit(['done'], transition)
            eventually(lambda: 'done' in asked, 'all events are handled')
        return [call.args[0] for call in heard.call_args_list]

    def test_ID_3_EV_11_the_candidate_that_nova_knows_is_meant(self):
        server = an_instance(uuid=self.TOP_BIT, task_state=None, power_state=power_state.RUNNING)
        event, = self.emitted({self.TOP_BIT: server}, 'stopped')
        self.assertEqual((self.TOP_BIT, 'Stopped'), (event.get_instance_uuid(), event.get_name()))

    def test_ID_3_a_partition_that_is_not_novas_is_no_error(self):
        self.assertEqual([], self.emitted({}, 'stopped'))

    def test_EV_7_a_server_that_nova_works_on_is_left_alone(self):
        server = an_instance(uuid=self.LOW, task_state='powering-off', power_state=power_state.RUNNING)
        self.assertEqual([], self.emitted({self.LOW: server}, 'stopped'))

    def test_EV_6_what_nova_knows_already_is_not_told(self):
        server = an_instance(uuid=self.LOW, task_state=None, power_state=power_state.SHUTDOWN)
        self.assertEqual([], self.emitted({self.LOW: server}, 'stopped'))

    def test_EV_6_every_transition_has_its_event(self):
        server = an_instance(uuid=self.LOW, task_state=None, power_state=power_state.NOSTATE)
        for transition in ('started', 'stopped', 'suspended', 'resumed'):
            with self.subTest(transition):
                event, = self.emitted({self.LOW: server}, transition)
                self.assertEqual(transition.capitalize(), event.get_name())
                self.daemon.stop()
