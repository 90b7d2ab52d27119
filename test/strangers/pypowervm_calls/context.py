"""What every check needs: a logged-on adapter and the objects of the first managed system."""

from urllib.parse import urlparse


class Context:
    def __init__(self, url, username=None, password=None):
        self.url = urlparse(url)
        self.username = username
        self.password = password
        self.adapter = self.new_adapter()
        self.state = {}

    def new_adapter(self, username=None, password=None):
        from pypowervm import adapter
        return adapter.Adapter(adapter.Session(
            host='localhost', port=self.url.port, protocol='http', username=username or self.username,
            password=password or self.password, auditmemento='stranger'))

    @property
    def system(self):
        from pypowervm.wrappers import managed_system
        return managed_system.System.get(self.adapter)[0]

    def vioses(self, *groups):
        from pypowervm.wrappers import virtual_io_server
        return virtual_io_server.VIOS.get(self.adapter, xag=list(groups))

    def volume_group(self, name='datavg'):
        """(VIOS UUID, volume group wrapper)"""
        from pypowervm.tasks import storage
        vios, group = storage.find_vg(self.adapter, name)
        return vios.uuid, group

    def partition(self):
        from pypowervm.wrappers import logical_partition
        return logical_partition.LPAR.get(self.adapter, uuid=self.state['lpar'])
