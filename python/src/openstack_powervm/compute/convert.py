"""Nova's objects as the plain data of the contract. Nothing else of Nova's crosses to the daemon (design 3.6)."""

import uuid
from typing import Any

from nova import block_device
from nova.virt import driver
from oslo_context import context as oslo_context


def request(context: Any = None) -> dict[str, Any]:
    """Who asks. Driver calls without a context get the one of the running thread (FLOW-7)."""
    context = context or oslo_context.get_current()
    if context is None:
        return {'requestId': f'req-{uuid.uuid4()}', 'userId': None, 'projectId': None}
    return {
        'requestId': context.request_id,
        'userId': context.user_id,
        'projectId': context.project_id,
    }


def instance(nova: Any) -> dict[str, Any]:
    return {
        'uuid': nova.uuid,
        'name': nova.name,
        'displayName': nova.display_name,
        'host': nova.host,
        'vmState': nova.vm_state,
        'taskState': nova.task_state,
        'powerState': nova.power_state,
        'projectId': nova.project_id,
        'flavor': flavor(nova.flavor),
        'oldFlavor': _optional_flavor(nova, 'old_flavor'),
        'newFlavor': _optional_flavor(nova, 'new_flavor'),
        'systemMetadata': {
            key: value for key, value in nova.system_metadata.items() if value is not None},
    }


def _optional_flavor(nova: Any, field: str) -> dict[str, Any] | None:
    value = getattr(nova, field) if nova.obj_attr_is_set(field) else None
    return None if value is None else flavor(value)


def flavor(nova: Any) -> dict[str, Any]:
    specs = nova.extra_specs if nova.obj_attr_is_set('extra_specs') else {}
    return {
        'name': nova.name,
        'memoryMb': nova.memory_mb,
        'vcpus': nova.vcpus,
        'rootGb': nova.root_gb,
        'ephemeralGb': nova.ephemeral_gb,
        'swapMb': nova.swap,
        'extraSpecs': dict(specs or {}),
    }


def image(nova: Any) -> dict[str, Any]:
    """ImageMeta: any of its fields may be unset, all of them for a volume-backed server."""
    return {
        'id': _field(nova, 'id'),
        'name': _field(nova, 'name'),
        'size': _field(nova, 'size'),
        'diskFormat': _field(nova, 'disk_format'),
        'checksum': _field(nova, 'checksum'),
        'properties': _properties(nova.properties) if nova.obj_attr_is_set('properties') else {},
    }


def _field(nova: Any, name: str) -> Any:
    return getattr(nova, name) if nova.obj_attr_is_set(name) else None


def _properties(nova: Any) -> dict[str, Any]:
    primitive = nova.obj_to_primitive()['nova_object.data']
    return {name: value for name, value in primitive.items() if value is not None}


def vifs(network_info: Any) -> list[dict[str, Any]]:
    """A NetworkInfo. One that is still being allocated is waited for here, and raises what the allocation raised."""
    return [vif(one) for one in network_info or []]


def vif(nova: Any) -> dict[str, Any]:
    network = nova.get('network') or {}
    return {
        'id': nova['id'],
        'address': nova['address'],
        'type': nova.get('type'),
        'vnicType': nova.get('vnic_type'),
        'devname': nova.get('devname'),
        'ovsInterfaceId': nova.get('ovs_interfaceid'),
        # Only an explicit False is worth waiting for (VIF-5).
        'active': nova.get('active') is not False,
        'details': dict(nova.get('details') or {}),
        'profile': dict(nova.get('profile') or {}),
        'network': {
            'id': network.get('id'),
            'label': network.get('label'),
            'bridge': network.get('bridge'),
            'meta': dict(network.get('meta') or {}),
        },
    }


def block_devices(info: Any) -> dict[str, Any]:
    """block_device_info; absent (None) means no devices (DESTROY-7)."""
    mapping = driver.block_device_info_get_mapping(info)
    root = driver.block_device_info_get_root_device(info)
    swap = driver.block_device_info_get_swap(info)
    return {
        'rootDeviceName': root,
        'bootFromVolume': any(_is_root(volume, root) for volume in mapping),
        'volumes': [_volume(volume) for volume in mapping],
        'ephemerals': [
            {'deviceName': ephemeral.get('device_name'), 'sizeGb': ephemeral['size']}
            for ephemeral in driver.block_device_info_get_ephemerals(info)],
        'swapMb': int(swap.get('swap_size') or 0) if driver.swap_is_usable(swap) else 0,
    }


def _is_root(volume: Any, root: str | None) -> bool:
    """The root device is among the volumes, which decides "booted from volume" (SPAWN-16)."""
    if root is None:
        return volume.get('boot_index') == 0
    return block_device.strip_dev(volume['mount_device'] or '') == block_device.strip_dev(root)


def _volume(mapping: Any) -> dict[str, Any]:
    connection_info = dict(mapping['connection_info'] or {})
    return {
        'volumeId': volume_id(connection_info),
        'mountDevice': mapping.get('mount_device'),
        'bootIndex': mapping.get('boot_index'),
        'connectionInfo': connection_info,
    }


def volume_id(connection_info: dict[str, Any]) -> str:
    """Cinder's id of a volume. Nova writes it as ``serial``; some drivers repeat it under their own names."""
    data = connection_info.get('data') or {}
    return connection_info.get('serial') or connection_info.get('volume_id') or data.get('volume_id') or ''


def migration(nova: Any) -> dict[str, Any]:
    return {
        'uuid': _field(nova, 'uuid'),
        'sourceHost': _field(nova, 'source_compute'),
        'destinationHost': _field(nova, 'dest_compute'),
        'type': _field(nova, 'migration_type'),
    }
