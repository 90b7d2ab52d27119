"""A driver as nova-compute loads it, connected to a test daemon."""

import contextlib
from unittest import mock

import nova.conf
from nova import context as nova_context
from nova import objects
from nova.objects import instance as instance_object
from oslo_utils.fixture import uuidsentinel as uuids

from openstack_powervm.compute import options
from openstack_powervm.compute.driver import PowerVMDriver
from tests.daemon import DaemonTest

CONF = nova.conf.CONF


class FakeVirtAPI:
    """What the manager hands to the driver; records what was waited for, and by default all of it has come."""

    def __init__(self, ending=None, failed=()):
        self.waits = []
        self.inside = None
        self._ending = ending
        self._failed = failed

    @contextlib.contextmanager
    def wait_for_instance_event(self, instance, event_names, deadline=300, error_callback=None):
        if event_names is None:
            raise TypeError('event names must be a list')
        self.waits.append((list(event_names), deadline))
        self.inside = True
        yield
        self.inside = False
        for name in self._failed:
            error_callback(name, instance)
        if self._ending is not None:
            raise self._ending


class DriverTest(DaemonTest):
    """Subclasses set ``script`` to say how the daemon answers."""

    script: dict = {}

    def setUp(self):
        super().setUp()
        objects.register_all()
        CONF([], project='nova', default_config_files=[], default_config_dirs=[])
        self.addCleanup(CONF.reset)
        options.register(CONF)
        self.set('host', 'host1')
        self.set('my_ip', '127.0.0.1')
        self.set('volume_group_name', 'datavg', group='powervm')
        self.set('api_servers', ['http://127.0.0.1:9292/'], group='glance')
        self.saved = []
        patcher = mock.patch.object(instance_object.Instance, 'save', self._save)
        patcher.start()
        self.addCleanup(patcher.stop)

    def _save(self, **arguments):
        self.saved.append(arguments)

    def set(self, name, value, group=None):
        CONF.set_override(name, value, group=group)
        self.addCleanup(CONF.clear_override, name, group=group)

    def driver(self, daemon, virtapi=None):
        self.set('daemon_socket', daemon.socket, group='powervm')
        driver = PowerVMDriver(virtapi or FakeVirtAPI())
        driver.init_host('host1')
        self.addCleanup(driver.cleanup_host, 'host1')
        return driver


class CallTest(DriverTest):
    """One server, one caller, and a daemon that ``prepare`` starts."""

    def setUp(self):
        super().setUp()
        self.context = nova_context.RequestContext('u', 'p', auth_token='secret-token', request_id='req-1',
                                                   is_admin=False)
        self.instance = an_instance()

    def prepare(self, script=None):
        self.daemon = self.start(script)
        return self.driver(self.daemon)


def an_instance(**fields):
    """A server as a manager passes it to spawn."""
    flavor = objects.Flavor(
        id=1, name='small', memory_mb=1024, vcpus=1, root_gb=1, ephemeral_gb=0, swap=0,
        extra_specs={'powervm:proc_units': '0.5'})
    values = {
        'id': 1, 'uuid': uuids.server, 'display_name': 'web', 'host': 'host1', 'vm_state': 'building',
        'task_state': 'spawning', 'power_state': 0, 'project_id': 'p', 'user_id': 'u', 'flavor': flavor,
        'old_flavor': None, 'new_flavor': None, 'system_metadata': {}, 'metadata': {}, 'config_drive': '',
        'launched_at': None, 'progress': 0, 'image_ref': uuids.image, **fields,
    }
    return objects.Instance(**values)


def an_image(**fields):
    properties = objects.ImageMetaProps(os_distro='rhel')
    return objects.ImageMeta(**{
        'id': uuids.image, 'name': 'rhel', 'size': 1024, 'disk_format': 'raw', 'checksum': 'c',
        'properties': properties, **fields})
