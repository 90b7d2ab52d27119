"""What the daemon answers, as Nova's exceptions (requirements section 22).

Nothing but these and NotImplementedError, Nova's own way of saying "not offered", leaves the driver (ERR-1).
"""

import logging

from nova import exception

from openstack_powervm import contract
from openstack_powervm.rpc import RpcError

LOG = logging.getLogger(__name__)

#: A method whose contract names this one wraps every failure in it (MIG-7, FIN-6).
ROLLBACK = 'InstanceFaultRollback'


def to_nova(error: RpcError, method: str) -> Exception:
    """The exception to raise for an error that ``method`` gave. Its text is the daemon's sentence."""
    fallback = contract.fallback_exception(method)
    name = error.nova_exception or fallback
    if name == 'NotImplementedError':
        return NotImplementedError(str(error))
    if ROLLBACK in (name, fallback):
        inner = exception.ResizeError if name == ROLLBACK else _class(name)
        return exception.InstanceFaultRollback(inner(str(error)))
    return _class(name)(str(error))


def _class(name: str) -> type[Exception]:
    found = getattr(exception, name, None)
    if isinstance(found, type) and issubclass(found, exception.NovaException):
        return found
    LOG.debug('This Nova has no exception %s; its base class is raised instead', name)
    return exception.NovaException
