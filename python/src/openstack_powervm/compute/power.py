"""Starting, stopping and restarting (requirements 4.3, 4.4)."""

from openstack_powervm.compute import convert, updates


class PowerCalls:
    """Mixed into the driver."""

    def power_on(self, context, instance, network_info, block_device_info=None, accel_info=None, share_info=None,
                 **_later):
        self._bridge.call('powerOn', context, updates.Listener(instance), instance=convert.instance(instance))

    def power_off(self, instance, timeout=0, retry_interval=0):
        self._bridge.call('powerOff', None, updates.Listener(instance), instance=convert.instance(instance),
                          timeout=timeout, retryInterval=retry_interval)

    def reboot(self, context, instance, network_info, reboot_type, block_device_info=None,
               bad_volumes_callback=None, accel_info=None, share_info=None, **_later):
        self._bridge.call('reboot', context, updates.Listener(instance), instance=convert.instance(instance),
                          type=reboot_type)

    def resume_state_on_host_boot(self, context, instance, network_info, block_device_info=None, share_info=None,
                                  **_later):
        """The host came back: start what can be started. Nova passes the devices by name in every release."""
        self._bridge.call('powerOn', context, updates.Listener(instance), instance=convert.instance(instance))

    def trigger_crash_dump(self, instance):
        self._bridge.call('triggerCrashDump', None, updates.Listener(instance),
                          instance=convert.instance(instance))
