"""Cinder volumes (requirements 11.2)."""

from openstack_powervm.compute import convert, updates


class VolumeCalls:
    """Mixed into the driver."""

    def attach_volume(self, context, connection_info, instance, mountpoint, disk_bus=None, device_type=None,
                      encryption=None):
        result = self._bridge.call(
            'attachVolume', context, **self._volume(instance, connection_info), mountDevice=mountpoint,
            encryption=encryption or {})
        wanted = (result.get('connectionInfo') or {}).get(convert.volume_id(connection_info))
        if wanted is not None:
            # Nova stores this very dictionary when the call returns.
            connection_info.update(wanted)
        updates.save_system_metadata(result.get('systemMetadata') or {}, instance)

    def detach_volume(self, context, connection_info, instance, mountpoint, encryption=None):
        self._bridge.call(
            'detachVolume', context, **self._volume(instance, connection_info), mountDevice=mountpoint,
            encryption=encryption or {})

    def extend_volume(self, context, connection_info, instance, requested_size):
        self._bridge.call('extendVolume', context, **self._volume(instance, connection_info),
                          requestedSize=requested_size)

    @staticmethod
    def _volume(instance, connection_info):
        return {
            'instance': convert.instance(instance),
            'volumeId': convert.volume_id(connection_info),
            'connectionInfo': dict(connection_info),
        }
