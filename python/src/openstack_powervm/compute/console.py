"""The terminal of a partition (requirements 17.2)."""

from nova.console import type as console_type

from openstack_powervm.compute import convert


class ConsoleCalls:
    """Mixed into the driver."""

    def get_vnc_console(self, context, instance):
        console = self._bridge.call('getVncConsole', context, instance=convert.instance(instance))
        return console_type.ConsoleVNC(
            host=console['host'], port=console['port'], internal_access_path=console['internalAccessPath'])
