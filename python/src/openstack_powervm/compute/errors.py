"""What the daemon answers, as Nova's exceptions (requirements section 22).

Nothing but these and NotImplementedError, Nova's own way of saying "not offered", leaves the driver (ERR-1).
"""

import functools
import logging
from collections.abc import Callable
from typing import Any

from nova import exception

from openstack_powervm import contract
from openstack_powervm.rpc import RpcError

LOG = logging.getLogger(__name__)

#: A method whose contract names this one wraps every failure in it (MIG-7, FIN-6).
ROLLBACK = 'InstanceFaultRollback'

#: The daemon was not reached, or was lost before it answered.
AWAY = frozenset({'PVM_UNAVAILABLE', 'PVM_DISCONNECTED'})


def to_nova(error: RpcError, method: str) -> Exception:
    """The exception to raise for an error that ``method`` gave. Its text is the daemon's sentence."""
    fallback = contract.fallback_exception(method)
    name = error.nova_exception or fallback
    if error.code in AWAY:
        name = _when_away(method, fallback)
    if name == 'NotImplementedError':
        return NotImplementedError(str(error))
    if ROLLBACK in (name, fallback):
        inner = exception.ResizeError if name == ROLLBACK else _class(name)
        return exception.InstanceFaultRollback(inner(str(error)))
    return _class(name)(str(error))


def _when_away(method: str, fallback: str) -> str:
    """The guest of a failed destroy may still run; only this exception keeps Nova from giving away its addresses."""
    if method == 'destroy':
        return 'InstancePowerOffFailure'
    return 'HypervisorUnavailable' if fallback == 'NovaException' else fallback


def _class(name: str) -> type[Exception]:
    found = getattr(exception, name, None)
    if isinstance(found, type) and issubclass(found, exception.NovaException):
        return found
    LOG.debug('This Nova has no exception %s; its base class is raised instead', name)
    return exception.NovaException


def only_nova_exceptions(driver: type) -> type:
    """Class decorator: whatever else a call of ours raises becomes a NovaException with the same text (ERR-1).

    That is a defect of this package or something unexpected in a library; the log gets the whole of it.
    """
    ours = [base for base in driver.__mro__ if base.__module__.startswith('openstack_powervm.')]
    for base in ours:
        for name, member in vars(base).items():
            if callable(member) and not name.startswith('_') and not isinstance(member, type):
                setattr(driver, name, _guarded(getattr(driver, name)))
    return driver


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except (exception.NovaException, NotImplementedError):
            raise
        except Exception as error:
            LOG.exception('%s failed in an unexpected way', function.__name__)
            raise exception.NovaException(f'{function.__name__}: {error}') from error
    return call
