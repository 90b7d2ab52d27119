"""The ML2 mechanism driver ``pvm_sea`` (requirements 14.5)."""

import functools
from typing import Any

from neutron.plugins.ml2 import rpc
from neutron.plugins.ml2.drivers import mech_agent
from neutron_lib import constants
from neutron_lib.agent import topics
from neutron_lib.api.definitions import portbindings
from neutron_lib.plugins.ml2 import api
from oslo_log import log as logging

LOG = logging.getLogger(__name__)

AGENT_TYPE = 'PowerVM Shared Ethernet agent'
VIF_TYPE = 'pvm_sea'


class SeaMechanismDriver(mech_agent.SimpleAgentMechanismDriverBase):
    """Binds normal ports on VLAN networks to hosts whose Shared Ethernet agent is alive and serves the physical
    network (ML2-1, ML2-3).

    What it answers depends on the agent of the host that is asked about and on nothing else, so the second, inactive
    binding for the destination of a live migration gets that host's details (ML2-8).
    """

    def __init__(self):
        super().__init__(AGENT_TYPE, VIF_TYPE, {portbindings.CAP_PORT_FILTER: False})

    @property
    def connectivity(self) -> str:
        """Without this, ports would be reported as ``legacy`` (ML2-2)."""
        return portbindings.CONNECTIVITY_L2

    def get_allowed_network_types(self, agent: dict[str, Any] | None = None) -> list[str]:
        return [constants.TYPE_VLAN]

    def get_mappings(self, agent: dict[str, Any]) -> dict[str, Any]:
        """Physical network to whatever the agent serves it with; only the names count here."""
        return agent['configurations'].get('bridge_mappings') or {}

    def get_vif_details(self, context: Any, agent: dict[str, Any], segment: dict[str, Any]) -> dict[str, Any]:
        """The VLAN as text (ML2-4)."""
        return {**self.vif_details, 'vlan': str(segment[api.SEGMENTATION_ID])}

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
