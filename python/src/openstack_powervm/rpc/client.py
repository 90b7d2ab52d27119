"""The daemon as its callers see it: always there, or soon again."""

import logging
import queue
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

from openstack_powervm.rpc.connection import Connection
from openstack_powervm.rpc.errors import RpcError, Unavailable
from openstack_powervm.rpc.pending import Listener

LOG = logging.getLogger(__name__)

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 2.0


class Client:
    """Connects when first needed, and again whenever the connection was lost.

    ``greet`` is called with every new connection before anybody else may use it: it shakes hands and, after
    a restart of the daemon, brings it back to where it was. A call that was waiting when the connection broke fails,
    since nobody knows what became of it; a call that starts while the daemon is away waits up to ``patience`` seconds
    for its return.

    Notifications that belong to no call go to ``on_notification``, one after the other, on a thread of their own.
    """

    def __init__(self, path: str, greet: Callable[[Connection], None],
                 on_notification: Callable[[str, dict[str, Any]], None] | None = None,
                 patience: float = 10.0):
        self._path = path
        self._greet = greet
        self._on_notification = on_notification
        self._patience = patience
        self._connecting = threading.Lock()
        self._connection: Connection | None = None
        self._closed = threading.Event()
        self._notifications: queue.Queue | None = None

    def call(self, method: str, params: dict[str, Any], timeout: float | None = None,
             listener: Listener | None = None, patience: float | None = None) -> Any:
        """The result. Raises RpcError."""
        connection = self.connect(self._patience if patience is None else patience)
        return connection.call(method, params, timeout, listener)

    def connect(self, patience: float) -> Connection:
        """The connection, made if there is none. Raises Unavailable, or what ``greet`` raised."""
        limit = time.monotonic() + patience
        pause = FIRST_PAUSE
        while True:
            left = max(0.0, limit - time.monotonic())
            if not self._connecting.acquire(timeout=left):
                raise Unavailable(f'the compute daemon on {self._path} is back but still getting ready; try again soon')
            try:
                connection = self._try_connect(last=left == 0)
            finally:
                self._connecting.release()
            if connection is not None:
                return connection
            self._closed.wait(min(pause, max(0.0, limit - time.monotonic())))
            pause = min(pause * 2, LONGEST_PAUSE)

    def close(self) -> None:
        """Hang up for good."""
        self._closed.set()
        connection = self._connection
        if connection is not None:
            connection.close()
        if self._notifications is not None:
            self._notifications.put(None)

    def _try_connect(self, last: bool) -> Connection | None:
        """One attempt, with the lock held; None when nobody answers and this was not the last one."""
        if self._closed.is_set():
            raise Unavailable('the connection to the compute daemon is closed: the service is stopping')
        if self._connection is not None and self._connection.alive:
            return self._connection
        try:
            sock = self._open()
        except OSError as error:
            if last:
                raise self._unavailable(error) from None
            return None
        self._connection = self._introduce(sock)
        return self._connection if self._connection.alive else None

    def _open(self) -> socket.socket:
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            sock.connect(self._path)
        except BaseException:
            sock.close()
            raise
        return sock

    def _introduce(self, sock: socket.socket) -> Connection:
        self._start_notifier()
        connection = Connection(sock, self._queue_notification, self._lost)
        try:
            self._greet(connection)
        except BaseException:
            connection.close()
            raise
        LOG.info('Connected to the compute daemon on %s', self._path)
        return connection

    def _unavailable(self, error: OSError) -> Unavailable:
        return Unavailable(
            f'no compute daemon answers on {self._path} ({error.strerror or error}); '
            f'start it with "powervm compute --socket {self._path}", or correct [powervm] daemon_socket')

    def _lost(self, connection: Connection) -> None:
        """From the reader of a connection that is gone: come back, so that lifecycle events keep flowing."""
        if self._closed.is_set() or connection is not self._connection:
            return
        LOG.warning('Connection to the compute daemon on %s lost; connecting again', self._path)
        threading.Thread(target=self._return, name='powervm-bridge-return', daemon=True).start()

    def _return(self) -> None:
        pause = FIRST_PAUSE
        while not self._closed.wait(pause):
            try:
                self.connect(patience=0)
                return
            except Unavailable as error:
                LOG.debug('Not back yet: %s', error)
            except RpcError as error:
                LOG.error('The compute daemon is back but cannot work: %s', error)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _start_notifier(self) -> None:
        if self._notifications is None and self._on_notification is not None:
            self._notifications = queue.Queue()
            threading.Thread(target=self._notify, name='powervm-bridge-notifier', daemon=True).start()

    def _queue_notification(self, name: str, params: dict[str, Any]) -> None:
        if self._notifications is not None:
            self._notifications.put((name, params))

    def _notify(self) -> None:
        while True:
            item = self._notifications.get()
            if item is None:
                return
            try:
                self._on_notification(*item)
            except Exception:
                LOG.exception('Handling the notification "%s" failed', item[0])
