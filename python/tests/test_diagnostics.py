"""Diagnostics as Nova's API shows them."""

import unittest

from tests import recorded
from tests.daemon import needs_daemon

try:
    from nova import objects
    from nova.api.openstack.compute.views import server_diagnostics
    from nova.objects import base

    from tests.nova_rig import CallTest
except ImportError:
    CallTest = unittest.TestCase

NOTHING_MEASURED = {'getInstanceDiagnostics': [{'result': {
    'state': 'running', 'vcpus': 2, 'memoryMb': 1024,
    'nics': [{'macAddress': 'fa:16:3e:00:00:01'}], 'disks': [{}]}}]}


@recorded.needs_nova
@needs_daemon
class Diagnostics(CallTest):
    def shown(self, script=None):
        """The answer of the API, after the object has gone over RPC."""
        known = self.prepare(script).get_instance_diagnostics(self.instance)
        serializer = base.NovaObjectSerializer()
        again = serializer.deserialize_entity(self.context, serializer.serialize_entity(self.context, known))
        self.assertIsInstance(again, objects.Diagnostics)
        return server_diagnostics.ViewBuilder().instance_diagnostics(again)

    def test_A21_the_standard_object_has_processors_memory_interfaces_and_disks(self):
        shown = self.shown()
        self.assertEqual([{'id': None, 'time': 7_000_000_000_000_000, 'utilisation': 130}], shown['cpu_details'])
        self.assertEqual({'maximum': 1024, 'used': None}, shown['memory_details'])
        nic, = shown['nic_details']
        self.assertEqual(('fa:16:3e:00:00:01', 900, 1), (nic['mac_address'], nic['rx_octets'], nic['rx_drop']))
        self.assertIsNone(nic['tx_errors'])
        self.assertEqual([4096, None], [disk['read_bytes'] for disk in shown['disk_details']])
        self.assertEqual((2, 1, 2), (shown['num_cpus'], shown['num_nics'], shown['num_disks']))
        self.assertEqual(('phyp', None), (shown['hypervisor'], shown['driver']))

    def test_A21_what_was_not_measured_is_not_invented(self):
        shown = self.shown(NOTHING_MEASURED)
        self.assertEqual([], shown['cpu_details'])
        nic, = shown['nic_details']
        disk, = shown['disk_details']
        self.assertEqual({None}, {value for name, value in {**nic, **disk}.items() if name != 'mac_address'})
        self.assertEqual((2, 1, 1), (shown['num_cpus'], shown['num_nics'], shown['num_disks']))

    def test_A21_the_form_of_older_api_versions_is_flat_and_has_only_what_is_known(self):
        driver = self.prepare()
        known = driver.get_diagnostics(self.instance)
        self.assertEqual((900, 'fa:16:3e:00:00:01', 4096), (
            known['nic0_rx_octets'], known['nic0_mac'], known['disk0_read_bytes']))
        self.assertNotIn('nic0_tx_errors', known)
        self.assertNotIn('disk1_read_bytes', known)
