"""JSON-RPC 2.0 over a Unix socket, for native threads and for eventlet's green ones alike.

Nothing here knows which of the two it runs under. It uses only what eventlet replaces when it patches the standard
library (``socket``, ``threading``, ``time``), always through the module, so a wait always yields to the others.
"""

from openstack_powervm.rpc.client import Client
from openstack_powervm.rpc.errors import Disconnected, RpcError, Unavailable

__all__ = ['Client', 'Disconnected', 'RpcError', 'Unavailable']
