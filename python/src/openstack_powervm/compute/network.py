"""Plugging and unplugging network interfaces (requirements 13.1)."""

from nova import exception

from openstack_powervm.compute import convert, updates


class NetworkCalls:
    """Mixed into the driver."""

    def plug_vifs(self, instance, network_info):
        """At the start of the service any other exception would stop it (VIF-6, DRIFT-21)."""
        try:
            result = self._bridge.call(
                'plugVifs', instance=convert.instance(instance), vifs=convert.vifs(network_info))
            updates.save(result, instance)
        except exception.VirtualInterfacePlugException:
            raise
        except Exception as error:
            raise exception.VirtualInterfacePlugException(
                f'plugging the network of {instance.uuid} failed: {error}') from error

    def unplug_vifs(self, instance, network_info):
        result = self._bridge.call(
            'unplugVifs', instance=convert.instance(instance), vifs=convert.vifs(network_info))
        updates.save(result, instance)

    def attach_interface(self, context, instance, image_meta, vif):
        result = self._bridge.call(
            'attachInterface', context, instance=convert.instance(instance), vif=convert.vif(vif))
        updates.save(result, instance)

    def detach_interface(self, context, instance, vif):
        """Nova asks twice for one detach; the second finds nothing, which is success."""
        result = self._bridge.call(
            'detachInterface', context, instance=convert.instance(instance), vif=convert.vif(vif))
        updates.save(result, instance)
