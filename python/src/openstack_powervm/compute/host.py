"""Calls about the host and what runs on it (requirements 3.5)."""


from nova.compute import utils as compute_utils
from nova import context as nova_context
from nova import exception
from nova.virt import hardware
from oslo_concurrency import processutils
from oslo_log import log as logging

from openstack_powervm.compute import convert

LOG = logging.getLogger(__name__)


class HostCalls:
    """Mixed into the driver."""

    def get_info(self, instance, use_cache=True):
        return hardware.InstanceInfo(state=self._bridge.call('getInfo', uuid=instance.uuid)['state'])

    def instance_exists(self, instance):
        return self._bridge.call('instanceExists', uuid=instance.uuid)

    def list_instances(self):
        return self._bridge.call('listInstances')

    def list_instance_uuids(self):
        return self._bridge.call('listInstanceUuids')

    def get_available_nodes(self, refresh=False):
        """The configured host name, without asking the platform (HOST-1)."""
        return [self._conf.host]

    def get_host_ip_addr(self):
        """``my_ip``, warning when it is no address of this machine (HOST-3)."""
        address = self._conf.my_ip
        if address not in compute_utils.get_machine_ips():
            LOG.warning('my_ip address (%s) was not found on any of the interfaces', address)
        return address

    def get_host_uptime(self):
        try:
            out, _ = processutils.execute('env', 'LANG=C', 'LC_ALL=C', 'uptime')
        except (OSError, processutils.ProcessExecutionError) as error:
            raise exception.NovaException(f'uptime of the host is not known: {error}') from error
        return out

    def get_host_cpu_stats(self):
        return self._bridge.call('getHostCpuStats')

    def get_volume_connector(self, instance):
        plain = None if instance is None else convert.instance(instance)
        return self._bridge.call('getVolumeConnector', instance=plain)

    def instance_on_disk(self, instance):
        """A volume-backed instance has its disk wherever Cinder can reach (HOST-9)."""
        context = nova_context.get_admin_context()
        if compute_utils.is_volume_backed_instance(context, instance):
            return True
        return self._bridge.call('instanceOnDisk', instance=convert.instance(instance))

    def check_instance_shared_storage_local(self, context, instance):
        data = self._bridge.call('checkSharedStorageLocal', context, instance=convert.instance(instance))
        if data is None:
            # Nova takes this, and nothing else, for "not shared".
            raise NotImplementedError()
        return data

    def check_instance_shared_storage_remote(self, context, data):
        return self._bridge.call('checkSharedStorageRemote', context, data=data)

    def check_instance_shared_storage_cleanup(self, context, data):
        """Nothing was made for the check (HOST-10)."""

    def poll_rebooting_instances(self, timeout, instances):
        """A restart is one platform job that ends by itself; nothing to repair here."""
        for instance in instances:
            LOG.warning('The restart has taken longer than %s s; reset the state of the server if it hangs', timeout,
                        instance=instance)
