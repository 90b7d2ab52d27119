"""The mechanism driver pvm_sea (requirements 14.5)."""

import importlib.util
import unittest
from unittest import mock

import tests  # noqa: F401

try:
    from neutron_lib.api.definitions import portbindings

    from openstack_powervm.neutron.sea import AGENT_TYPE, SeaMechanismDriver
except ImportError:
    SeaMechanismDriver = None

needs_neutron = unittest.skipUnless(importlib.util.find_spec('neutron'), 'needs Neutron')


def segment(network_type='vlan', physical_network='default', vlan=100):
    return {'id': f'segment-{vlan}', 'network_id': 'n', 'network_type': network_type,
            'physical_network': physical_network, 'segmentation_id': vlan}


def agent(alive=True, mappings=None, agent_type='PowerVM Shared Ethernet agent', host='host1'):
    return {'agent_type': agent_type, 'alive': alive, 'host': host, 'id': 'a',
            'configurations': {'bridge_mappings': {'default': 'ent5'} if mappings is None else mappings}}


@needs_neutron
class Binding(unittest.TestCase):
    def setUp(self):
        self.driver = SeaMechanismDriver()
        self.driver.initialize()
        self.driver.__dict__['_notifier'] = self.notifier = mock.Mock()

    def bind(self, segments=None, agents=None, vnic_type='normal', host='host1'):
        """What Neutron is told of the port, or None when the driver lets it pass."""
        port = {'id': 'port-1', portbindings.VNIC_TYPE: vnic_type, 'fixed_ips': [], 'device_owner': 'compute:nova'}
        context = mock.MagicMock(current=port, host=host, segments_to_bind=segments or [segment()])
        context.host_agents.side_effect = lambda kind: (agents if agents is not None else [agent()]) \
            if kind == AGENT_TYPE else []
        self.driver.bind_port(context)
        return context.set_binding.call_args and context.set_binding.call_args.args

    def test_ML2_1_ML2_2_ML2_4_a_vlan_port_gets_type_and_details(self):
        self.assertEqual(('segment-100', 'pvm_sea', {'port_filter': False, 'connectivity': 'l2', 'vlan': '100'}),
                         self.bind())

    def test_ML2_1_other_network_types_and_ports_are_left_to_others(self):
        for network_type in ('flat', 'vxlan', 'gre', 'local', 'geneve'):
            self.assertIsNone(self.bind([segment(network_type)]), network_type)
        for vnic_type in ('direct', 'macvtap', 'baremetal', 'direct-physical'):
            self.assertIsNone(self.bind(vnic_type=vnic_type), vnic_type)

    def test_ML2_3_the_agent_must_be_there_alive_and_serve_the_physical_network(self):
        self.assertIsNone(self.bind(agents=[]))
        self.assertIsNone(self.bind(agents=[agent(alive=False)]))
        self.assertIsNone(self.bind(agents=[agent(mappings={'other': 'ent5'})]))
        self.assertIsNone(self.bind(agents=[agent(mappings={})]))
        self.assertIsNone(self.bind(agents=[agent(agent_type='Open vSwitch agent')]))

    def test_ML2_3_the_first_segment_that_fits_is_taken(self):
        segments = [segment('vxlan', None, 5000), segment(physical_network='other', vlan=7), segment(vlan=8)]
        self.assertEqual('segment-8', self.bind(segments)[0])

    def test_ML2_4_one_port_does_not_see_the_vlan_of_another(self):
        first = self.bind([segment(vlan=100)])[2]
        second = self.bind([segment(vlan=200)])[2]
        self.assertEqual(('100', '200'), (first['vlan'], second['vlan']))

    def test_ML2_5_agents_are_told_after_a_bind_and_only_then(self):
        self.bind([segment('flat')])
        self.notifier.port_update.assert_not_called()
        self.bind()
        arguments = self.notifier.port_update.call_args.args
        self.assertEqual(('port-1', 'vlan', 100, 'default'), (arguments[1]['id'], *arguments[2:]))

    def test_ML2_5_a_binding_holds_when_nobody_can_be_told(self):
        self.notifier.port_update.side_effect = RuntimeError('no messaging')
        self.assertEqual('pvm_sea', self.bind()[1])

    def test_ML2_8_the_destination_of_a_migration_gets_its_own_details(self):
        self.assertEqual('segment-100', self.bind(host='host2', agents=[agent(host='host2')])[0])
        self.assertIsNone(self.bind(host='host3', agents=[]))

    def test_hosts_are_filtered_by_the_segments_their_agents_reach(self):
        agents = [agent(host='host1'), agent(host='host2', mappings={'other': 'ent5'})]
        found = self.driver.filter_hosts_with_segment_access(
            None, [segment()], ['host1', 'host2'], lambda context, filters: agents)
        self.assertEqual({'host1'}, found)

    def test_ML2_1_SRV_3_networks_whose_guests_would_tag_frames_themselves_are_refused(self):
        self.assertFalse(self.driver.check_vlan_transparency(mock.Mock()))
