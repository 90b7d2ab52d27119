"""The ML2 mechanism driver ``pvm_sea`` (requirements 14.5)."""

import functools
from typing import Any

from neutron.plugins.ml2 import rpc
from neutron_lib import constants
from neutron_lib.agent import topics
from neutron_lib.api.definitions import portbindings
from neutron_lib.plugins.ml2 import api
from oslo_log import log as logging

from openstack_powervm.neutron import binding

LOG = logging.getLogger(__name__)

AGENT_TYPE = 'PowerVM Shared Ethernet agent'
VIF_TYPE = 'pvm_sea'


class SeaMechanismDriver(binding.AgentMechanismDriver):
    """Binds normal ports on VLAN networks to hosts with a Shared Ethernet agent (ML2-1)."""

    network_types = [constants.TYPE_VLAN]

    def __init__(self):
        super().__init__(AGENT_TYPE, VIF_TYPE, portbindings.VNIC_NORMAL)

    def try_to_bind_segment_for_agent(self, context: Any, segment: dict[str, Any], agent: dict[str, Any]) -> bool:
        bound = super().try_to_bind_segment_for_agent(context, segment, agent)
        if bound:
            self._publish(context, segment)
        return bound

    @functools.cached_property
    def _notifier(self) -> rpc.AgentNotifierApi:
        """Made late: when drivers are loaded, neutron-server has no messaging yet."""
        return rpc.AgentNotifierApi(topics.AGENT)

    def _publish(self, context: Any, segment: dict[str, Any]) -> None:
        """Tells the agents of the port (ML2-5). The binding holds even when nobody can be told."""
        try:
            self._notifier.port_update(
                context._plugin_context, context.current, segment[api.NETWORK_TYPE], segment[api.SEGMENTATION_ID],
                segment[api.PHYSICAL_NETWORK])
        except Exception:
            LOG.exception('The update of port %s was not published to the agents', context.current['id'])
