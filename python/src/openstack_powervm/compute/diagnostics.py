"""What is known of a partition, as Nova's diagnostics (requirements 3.5)."""

from typing import Any

from nova import objects

from openstack_powervm.compute import convert

#: Nova's names of the counters of an interface and of a disk, and those of the contract.
NIC = {'rx_octets': 'rxOctets', 'rx_errors': 'rxErrors', 'rx_drop': 'rxDrop', 'rx_packets': 'rxPackets',
       'rx_rate': 'rxRate', 'tx_octets': 'txOctets', 'tx_errors': 'txErrors', 'tx_drop': 'txDrop',
       'tx_packets': 'txPackets', 'tx_rate': 'txRate'}
DISK = {'read_bytes': 'readBytes', 'read_requests': 'readRequests', 'write_bytes': 'writeBytes',
        'write_requests': 'writeRequests'}


class DiagnosticsCalls:
    """Mixed into the driver."""

    def get_instance_diagnostics(self, instance):
        """Without the field ``driver``: Nova's list of its values has no PowerVM. What is not known stays unset."""
        known = self._known_of(instance)
        result = objects.Diagnostics(
            state=known['state'], hypervisor='phyp', hypervisor_os=known['hypervisorOs'], uptime=known['uptime'],
            config_drive=bool(instance.config_drive),
            memory_details=objects.MemoryDiagnostics(maximum=known['memoryMb'], used=known['memoryUsedMb']),
            cpu_details=[], nic_details=[], disk_details=[])
        if known['processors'] is not None:
            # One entry for all virtual processors: the platform does not tell them apart.
            result.add_cpu(time=int(known['processors']['timeNs']),
                           utilisation=known['processors']['utilisation'])
        for nic in known['nics']:
            result.add_nic(mac_address=nic['macAddress'], **_renamed(NIC, nic))
        for disk in known['disks']:
            result.add_disk(**_renamed(DISK, disk))
        result.num_cpus = known['vcpus']
        return result

    def get_diagnostics(self, instance):
        """The form of API versions before 2.48, free and flat."""
        known = self._known_of(instance)
        result = {
            'state': known['state'],
            'vcpus': known['vcpus'],
            'memory': known['memoryMb'],
            'memory-used': known['memoryUsedMb'],
            'disks': len(known['disks']),
        }
        if known['processors'] is not None:
            result.update(cpu_time=int(known['processors']['timeNs']),
                          cpu_utilisation=known['processors']['utilisation'])
        for index, nic in enumerate(known['nics']):
            result[f'nic{index}_mac'] = nic['macAddress']
            result.update(_flat(f'nic{index}', _renamed(NIC, nic)))
        for index, disk in enumerate(known['disks']):
            result.update(_flat(f'disk{index}', _renamed(DISK, disk)))
        return result

    def _known_of(self, instance) -> dict[str, Any]:
        return self._bridge.call('getInstanceDiagnostics', instance=convert.instance(instance))


def _renamed(names: dict[str, str], counters: dict[str, Any]) -> dict[str, Any]:
    return {ours: _whole(counters[theirs]) for ours, theirs in names.items()}


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def _flat(prefix: str, counters: dict[str, Any]) -> dict[str, int]:
    return {f'{prefix}_{name}': value for name, value in counters.items() if value is not None}
