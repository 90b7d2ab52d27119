"""Terminal and diagnostics of a partition (requirements 17.2)."""

from nova import objects
from nova.console import type as console_type

from openstack_powervm.compute import convert


class ConsoleCalls:
    """Mixed into the driver."""

    def get_vnc_console(self, context, instance):
        console = self._bridge.call('getVncConsole', context, instance=convert.instance(instance))
        return console_type.ConsoleVNC(
            host=console['host'], port=console['port'], internal_access_path=console['internalAccessPath'])

    def get_instance_diagnostics(self, instance):
        """Without the field ``driver``: Nova's list of its values has no PowerVM."""
        known = self._bridge.call('getInstanceDiagnostics', instance=convert.instance(instance))
        result = objects.Diagnostics(
            state=known['state'], hypervisor='phyp', hypervisor_os=known['hypervisorOs'], uptime=known['uptime'],
            config_drive=bool(instance.config_drive), num_cpus=known['vcpus'],
            num_nics=len(known['macAddresses']), num_disks=known['disks'],
            memory_details=objects.MemoryDiagnostics(maximum=known['memoryMb'], used=known['memoryUsedMb']),
            cpu_details=[], nic_details=[], disk_details=[])
        for address in known['macAddresses']:
            result.add_nic(mac_address=address)
        return result

    def get_diagnostics(self, instance):
        """The form of API versions before 2.48, free and flat."""
        known = self._bridge.call('getInstanceDiagnostics', instance=convert.instance(instance))
        return {
            'state': known['state'],
            'vcpus': known['vcpus'],
            'memory': known['memoryMb'],
            'memory-used': known['memoryUsedMb'],
            'disks': known['disks'],
            **{f'nic{index}_mac': address for index, address in enumerate(known['macAddresses'])},
        }
