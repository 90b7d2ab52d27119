"""The driver's way to the compute daemon."""

import functools
import operator
import platform
from collections.abc import Callable
from typing import Any

from nova import version
from oslo_log import log as logging

import openstack_powervm
from openstack_powervm import contract
from openstack_powervm.compute import convert, errors, options
from openstack_powervm.rpc import Client, RpcError
from openstack_powervm.rpc.connection import Connection
from openstack_powervm.rpc.pending import Listener

LOG = logging.getLogger(__name__)

#: Seconds to wait for the daemon when the service starts: both may start together at boot.
START_PATIENCE = 60.0

#: Seconds that the daemon gets to let go of the host when the service stops.
STOP_TIMEOUT = 30.0


class Bridge:
    """Calls the daemon's methods and raises Nova's exceptions.

    After a restart of the daemon it introduces itself again and has the host made ready, before other calls go on.
    """

    def __init__(self, conf: Any, on_notification: Callable[[str, dict[str, Any]], None]):
        self._conf = conf
        self._on_notification = on_notification
        self._client: Client | None = None
        self._facts: dict[str, Any] = {}

    def start(self) -> dict[str, Any]:
        """Connects and makes the host ready; returns the daemon's host facts."""
        # Read here, so that a bad value stops the service with the option's name.
        greet = functools.partial(self._greet, self._handshake())
        self._client = Client(self._conf.powervm.daemon_socket, greet, self._on_notification)
        try:
            self._client.connect(START_PATIENCE)
        except RpcError as error:
            self._client.close()
            raise errors.to_nova(error, 'initHost') from None
        return self._facts

    def stop(self) -> None:
        """Tells the daemon that the service stops, and hangs up. A daemon that is away is not waited for."""
        if self._client is None:
            return
        try:
            self._client.call('cleanupHost', {'request': convert.request()}, timeout=STOP_TIMEOUT, patience=0)
        except RpcError as error:
            LOG.warning('The compute daemon did not take the stop of the service: %s', error)
        finally:
            self._client.close()

    def call(self, method: str, context: Any = None, listener: Listener | None = None, **params: Any) -> Any:
        """The result of a method of the contract. Raises Nova's exceptions."""
        if self._client is None:
            raise RuntimeError('the driver is used before init_host')
        try:
            return self._client.call(method, {'request': convert.request(context), **params}, listener=listener)
        except RpcError as error:
            raise errors.to_nova(error, method) from None

    def _handshake(self) -> dict[str, Any]:
        return {
            'protocol': contract.protocol(),
            'shim': {'version': openstack_powervm.__version__, 'python': platform.python_version()},
            'nova': {
                'release': version.version_string(),
                **{name: operator.attrgetter(name)(self._conf) for name in contract.nova_options()},
            },
            'options': options.resolved(self._conf),
        }

    def _greet(self, handshake: dict[str, Any], connection: Connection) -> None:
        connection.call('handshake', handshake)
        self._facts = connection.call('initHost', {'request': convert.request()})
