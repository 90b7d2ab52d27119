"""The mechanism driver pvm_sriov (requirements 14.5)."""

import importlib.util
import unittest
from unittest import mock

import tests  # noqa: F401

try:
    from neutron_lib.api.definitions import portbindings

    from openstack_powervm.neutron.sriov import AGENT_TYPE, SriovMechanismDriver
except ImportError:
    SriovMechanismDriver = None

needs_neutron = unittest.skipUnless(importlib.util.find_spec('neutron'), 'needs Neutron')

PORTS = ['U78C7.001.WZS0AA1-P1-C8-T1', 'U78C7.001.WZS0AA1-P1-C9-T1']


def segment(network_type='vlan', physical_network='data', vlan=100):
    return {'id': f'segment-{vlan}', 'network_id': 'n', 'network_type': network_type,
            'physical_network': physical_network, 'segmentation_id': vlan}


def agent(alive=True, **configurations):
    return {'agent_type': 'PowerVM SR-IOV Ethernet agent', 'alive': alive, 'host': 'host1', 'id': 'a',
            'configurations': {'bridge_mappings': {'data': PORTS}, 'default_redundancy': 2, 'default_capacity': None,
                               **configurations}}


@needs_neutron
class Binding(unittest.TestCase):
    def setUp(self):
        self.driver = SriovMechanismDriver()
        self.driver.initialize()

    def bind(self, segments=None, agents=None, vnic_type='direct', profile=None, **port):
        """What Neutron is told of the port, or None when the driver lets it pass."""
        current = {'id': 'port-1', portbindings.VNIC_TYPE: vnic_type, portbindings.PROFILE: profile or {},
                   'fixed_ips': [], 'device_owner': 'compute:nova', **port}
        context = mock.MagicMock(current=current, host='host1', segments_to_bind=segments or [segment()])
        context.host_agents.side_effect = lambda kind: (agents if agents is not None else [agent()]) \
            if kind == AGENT_TYPE else []
        self.driver.bind_port(context)
        return context.set_binding.call_args and context.set_binding.call_args.args

    def details(self, **parts):
        return self.bind(**parts)[2]

    def wishes(self, **parts):
        details = self.details(**parts)
        return details['redundancy'], details['capacity'], details['maxcapacity']

    def test_G06_ML2_1_ML2_2_ML2_6_SRV_11_a_direct_port_gets_type_and_details(self):
        self.assertEqual(('segment-100', 'pvm_sriov', {
            'port_filter': False, 'connectivity': 'l2', 'vlan': '100', 'physical_network': 'data',
            'physical_ports': PORTS, 'redundancy': 2, 'capacity': None, 'maxcapacity': None,
            'port_security': True, 'allowed_macs': []}), self.bind())

    def test_ML2_4_B_50_a_flat_network_is_bound_and_has_no_vlan(self):
        self.assertIsNone(self.details(segments=[segment('flat', vlan=None)])['vlan'])

    def test_ML2_1_SRV_9_other_network_types_and_ports_are_left_to_others(self):
        for network_type in ('vxlan', 'gre', 'local', 'geneve'):
            self.assertIsNone(self.bind([segment(network_type)]), network_type)
        for vnic_type in ('normal', 'macvtap', 'baremetal', 'direct-physical'):
            self.assertIsNone(self.bind(vnic_type=vnic_type), vnic_type)

    def test_ML2_3_the_agent_must_be_there_alive_and_have_ports_of_the_physical_network(self):
        self.assertIsNone(self.bind(agents=[]))
        self.assertIsNone(self.bind(agents=[agent(alive=False)]))
        self.assertIsNone(self.bind(agents=[agent(bridge_mappings={})]))
        self.assertIsNone(self.bind([segment(physical_network='other')]))

    def test_G06_ML2_6_ML2_7_the_profile_comes_before_the_agent_and_the_agent_before_nothing(self):
        host = [agent(default_redundancy=3, default_capacity=0.1)]
        wish = {'vnic_required_vfs': '4', 'capacity': '0.2', 'maxcapacity': 0.5}
        self.assertEqual((4, 0.2, 0.5), self.wishes(agents=host, profile=wish))
        self.assertEqual((3, 0.1, None), self.wishes(agents=host))
        self.assertEqual((2, None, None), self.wishes())

    def test_ML2_6_what_is_no_number_becomes_the_default_or_none(self):
        wish = {'vnic_required_vfs': 'two', 'capacity': 'much', 'maxcapacity': []}
        self.assertEqual((2, None, None), self.wishes(profile=wish))

    def test_port_security_and_address_pairs_go_to_the_compute_driver(self):
        pairs = [{'mac_address': 'fa:16:3e:00:00:01', 'ip_address': '192.0.2.1'}]
        details = self.details(port_security_enabled=False, allowed_address_pairs=pairs)
        self.assertEqual((False, ['fa:16:3e:00:00:01']), (details['port_security'], details['allowed_macs']))

    def test_one_port_does_not_see_the_details_of_another(self):
        first = self.details(profile={'capacity': 0.5})
        second = self.details()
        self.assertEqual((0.5, None), (first['capacity'], second['capacity']))

    def test_ML2_1_SRV_3_networks_whose_guests_would_tag_frames_themselves_are_refused(self):
        self.assertFalse(self.driver.check_vlan_transparency(mock.Mock()))
