"""The driver class that nova-compute loads."""

from typing import Any

import nova.conf
from nova.virt import driver
from oslo_log import log as logging

from openstack_powervm.compute import errors, options
from openstack_powervm.compute.bridge import Bridge
from openstack_powervm.compute.console import ConsoleCalls
from openstack_powervm.compute.diagnostics import DiagnosticsCalls
from openstack_powervm.compute.host import HostCalls
from openstack_powervm.compute.images import ImageCalls
from openstack_powervm.compute.lifecycle import LifecycleCalls
from openstack_powervm.compute.lifecycle_events import LifecycleEvents
from openstack_powervm.compute.live_migration import LiveMigrationCalls
from openstack_powervm.compute.network import NetworkCalls
from openstack_powervm.compute.placement import PlacementCalls
from openstack_powervm.compute.power import PowerCalls
from openstack_powervm.compute.resize import ResizeCalls
from openstack_powervm.compute.volumes import VolumeCalls

LOG = logging.getLogger(__name__)

CONF = nova.conf.CONF

#: What this driver can do (requirements 24.3). Every other flag that the release knows is declared false.
SUPPORTED = frozenset({
    'supports_evacuate',
    'supports_attach_interface',
    'supports_extend_volume',
    'supports_image_type_raw',
})


def _capabilities() -> dict[str, bool]:
    """Each flag of the release explicitly, since a forgotten one silently disables its feature (CAP-2, SURF-8)."""
    return {flag: flag in SUPPORTED for flag in driver.ComputeDriver.capabilities}


@errors.only_nova_exceptions
class PowerVMDriver(LifecycleCalls, PowerCalls, NetworkCalls, VolumeCalls, ImageCalls, ResizeCalls,
                    LiveMigrationCalls, ConsoleCalls, DiagnosticsCalls, HostCalls, PlacementCalls, driver.ComputeDriver):
    """Nova's compute driver for IBM PowerVM.

    Every call is turned into a request to the compute daemon; see the modules of this package for the groups of
    calls. Calls that are not here are those of the base class, which refuses them in Nova's own way.
    """

    capabilities = _capabilities()
    rebalances_nodes = False

    def __init__(self, virtapi: Any):
        super().__init__(virtapi)
        # Of this object alone: has_imagecache depends on the daemon's disk driver (CAP-3).
        self.capabilities = _capabilities()
        options.register(CONF)
        self._conf = CONF
        self._events = LifecycleEvents(self.emit_event)
        self._bridge = Bridge(CONF, self._events.handle)
        self._evacuations = {}

    def init_host(self, host):
        facts = self._bridge.start()
        self.capabilities['has_imagecache'] = facts['hasImageCache']
        LOG.info('PowerVM driver is ready on %s', host)

    def cleanup_host(self, host):
        """Never fails: the service is stopping (INIT-11)."""
        self._bridge.stop()
