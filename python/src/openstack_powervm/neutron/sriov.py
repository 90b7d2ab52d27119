"""The ML2 mechanism driver ``pvm_sriov`` (requirements 14.5)."""

from typing import Any

from neutron_lib import constants
from neutron_lib.api.definitions import portbindings
from neutron_lib.plugins.ml2 import api
from oslo_log import log as logging

from openstack_powervm.neutron import binding

LOG = logging.getLogger(__name__)

AGENT_TYPE = 'PowerVM SR-IOV Ethernet agent'
VIF_TYPE = 'pvm_sriov'


class SriovMechanismDriver(binding.AgentMechanismDriver):
    """Binds direct ports on flat and VLAN networks to hosts with an SR-IOV agent (ML2-1)."""

    network_types = [constants.TYPE_FLAT, constants.TYPE_VLAN]

    def __init__(self):
        super().__init__(AGENT_TYPE, VIF_TYPE, portbindings.VNIC_DIRECT)

    def get_vif_details(self, context: Any, agent: dict[str, Any], segment: dict[str, Any]) -> dict[str, Any]:
        """What the compute driver makes the port's virtual NIC from (ML2-6, SRV-11)."""
        port = context.current
        physical_network = segment[api.PHYSICAL_NETWORK]
        return {
            **super().get_vif_details(context, agent, segment),
            'physical_network': physical_network,
            'physical_ports': self.get_mappings(agent)[physical_network],
            **_wishes(port, agent['configurations']),
            'port_security': port.get('port_security_enabled', True),
            'allowed_macs': [pair['mac_address'] for pair in port.get('allowed_address_pairs') or []],
        }


def _wishes(port: dict[str, Any], defaults: dict[str, Any]) -> dict[str, Any]:
    """From the port's binding profile, else from the agent of its host (ML2-6, ML2-7)."""
    profile = port.get(portbindings.PROFILE) or {}
    redundancy = _number(port, 'vnic_required_vfs', profile.get('vnic_required_vfs'), int)
    capacity = profile.get('capacity', defaults.get('default_capacity'))
    return {
        'redundancy': defaults.get('default_redundancy') if redundancy is None else redundancy,
        'capacity': _number(port, 'capacity', capacity, float),
        'maxcapacity': _number(port, 'maxcapacity', profile.get('maxcapacity'), float),
    }


def _number(port: dict[str, Any], key: str, value: Any, kind: type) -> Any:
    """The value as a number; None for what cannot be read as one."""
    try:
        return None if value is None else kind(value)
    except (TypeError, ValueError):
        LOG.warning('Port %s: %s is %r, which is no number; it is ignored',
                    port['id'], key, value)
        return None
