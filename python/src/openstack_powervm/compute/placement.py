"""Resource report and placement inventory (requirements 3.3, 3.4)."""

import os_resource_classes as orc
from nova.compute import utils as compute_utils


class PlacementCalls:
    """Mixed into the driver."""

    def get_available_resource(self, nodename):
        report = self._bridge.call('getAvailableResource')
        # Nova wants the key even where there is no NUMA topology to tell.
        return {'numa_topology': None, **report}

    def update_provider_tree(self, provider_tree, nodename, allocations=None):
        answer = self._bridge.call('getInventory')
        known = provider_tree.data(nodename).inventory
        ratios = self._ratios(known)
        reserved = self._reserved()
        inventory = {
            resource: {
                'total': record['total'],
                'min_unit': record['minUnit'],
                'max_unit': record['maxUnit'],
                'step_size': record['stepSize'],
                'reserved': reserved[resource],
                'allocation_ratio': ratios[resource],
            }
            for resource in (orc.VCPU, orc.MEMORY_MB, orc.DISK_GB)
            if (record := answer.get(resource)) is not None and record['total'] > 0
        }
        provider_tree.update_inventory(nodename, inventory)
        provider_tree.add_traits(nodename, *answer['traits'])
        provider_tree.remove_traits(nodename, *answer['absentTraits'])

    def _ratios(self, known):
        """By Nova's rule (PLC-2), except that memory of partitions is dedicated (PLC-4): 1.0 unless configured."""
        ratios = self._get_allocation_ratios(known)
        configured = self._conf.ram_allocation_ratio or self._is_set('initial_ram_allocation_ratio')
        if orc.MEMORY_MB not in known and not configured:
            ratios[orc.MEMORY_MB] = 1.0
        return ratios

    def _is_set(self, option):
        """Whether an operator has given this option a value, be it the default's."""
        return self._conf.get_location(option).location.is_user_controlled

    def _reserved(self):
        return {
            orc.VCPU: self._conf.reserved_host_cpus,
            orc.MEMORY_MB: self._conf.reserved_host_memory_mb,
            orc.DISK_GB: compute_utils.convert_mb_to_ceil_gb(self._conf.reserved_host_disk_mb),
        }
