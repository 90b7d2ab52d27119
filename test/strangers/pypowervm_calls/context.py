"""What every check needs: a logged-on adapter and the objects of the first managed system."""

import time
from urllib.parse import urlparse


class Context:
    def __init__(self, url, username=None, password=None, peer=None):
        self.url = urlparse(url)
        self.username = username
        self.password = password
        self.adapter = self.new_adapter()
        # The console of the second system, where that is another one.
        self.peer = self.new_adapter(url=urlparse(peer)) if peer else None
        self.state = {}

    def new_adapter(self, username=None, password=None, url=None):
        from pypowervm import adapter
        return adapter.Adapter(adapter.Session(
            host='localhost', port=(url or self.url).port, protocol='http', username=username or self.username,
            password=password or self.password, auditmemento='stranger'))

    @property
    def hmc(self):
        return self.adapter.session.mc_type == 'HMC'

    @property
    def console(self):
        return 'HMC' if self.hmc else 'NovaLink'

    @property
    def features(self):
        """What checks may ask for besides the kind of console."""
        return ['NovaLink I/O'] if any(vios.is_mgmt_partition for vios in self.vioses()) else []

    @property
    def systems(self):
        from pypowervm.wrappers import managed_system
        return managed_system.System.get(self.adapter)

    @property
    def system(self):
        """The system that the checks work on."""
        return next(one for one in self.systems if one.system_name == 'sim1')

    def vioses(self, *groups):
        """VIOSes of that system."""
        from pypowervm.wrappers import virtual_io_server
        if not self.hmc:
            return virtual_io_server.VIOS.get(self.adapter, xag=list(groups))
        return virtual_io_server.VIOS.get(self.adapter, parent=self.system, xag=list(groups))

    def eventually(self, holds, what):
        for _attempt in range(100):
            if holds():
                return
            time.sleep(0.1)
        raise AssertionError('not within ten seconds: %s' % what)

    def volume_group(self, name='datavg'):
        """(VIOS UUID, volume group wrapper)"""
        from pypowervm.tasks import storage
        vios, group = storage.find_vg(self.adapter, name, vios_name=self.vioses()[0].name if self.hmc else None)
        return vios.uuid, group

    def partition(self):
        from pypowervm.wrappers import logical_partition
        return logical_partition.LPAR.get(self.adapter, uuid=self.state['lpar'])
