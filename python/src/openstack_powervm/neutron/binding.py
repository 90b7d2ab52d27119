"""What the mechanism drivers have in common (requirements 14.5)."""

from typing import Any

from neutron.plugins.ml2.drivers import mech_agent
from neutron_lib.api.definitions import portbindings
from neutron_lib.plugins.ml2 import api


class AgentMechanismDriver(mech_agent.SimpleAgentMechanismDriverBase):
    """Binds ports to hosts whose agent is alive and serves the physical network (ML2-3).

    What it answers depends on the agent of the host that is asked about and on nothing else, so the second, inactive
    binding for the destination of a live migration gets that host's details (ML2-8).
    """

    network_types: list[str] = []

    def __init__(self, agent_type: str, vif_type: str, vnic_type: str):
        super().__init__(agent_type, vif_type, {portbindings.CAP_PORT_FILTER: False}, [vnic_type])

    @property
    def connectivity(self) -> str:
        """Without this, ports would be reported as ``legacy`` (ML2-2)."""
        return portbindings.CONNECTIVITY_L2

    def get_allowed_network_types(self, agent: dict[str, Any] | None = None) -> list[str]:
        return self.network_types

    def get_mappings(self, agent: dict[str, Any]) -> dict[str, Any]:
        """Physical network to whatever the agent serves it with."""
        return agent['configurations'].get('bridge_mappings') or {}

    def get_vif_details(self, context: Any, agent: dict[str, Any], segment: dict[str, Any]) -> dict[str, Any]:
        """The VLAN as text, or none on a flat network (ML2-4)."""
        vlan = segment[api.SEGMENTATION_ID]
        return {**self.vif_details, 'vlan': None if vlan is None else str(vlan)}
