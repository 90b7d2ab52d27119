"""One connection to the daemon, from its opening to its loss."""

import itertools
import logging
import socket
import threading
from collections.abc import Callable
from typing import Any

from openstack_powervm.rpc import framing
from openstack_powervm.rpc.errors import Disconnected, RpcError
from openstack_powervm.rpc.pending import Listener, Pending

LOG = logging.getLogger(__name__)

METHOD_NOT_FOUND = -32601


class Connection:
    """Any number of threads may call; one thread of its own reads.

    When the connection is lost, every pending call fails at once, and ``on_lost`` is called.
    """

    def __init__(self, sock: socket.socket, on_notification: Callable[[str, dict[str, Any]], None],
                 on_lost: Callable[['Connection'], None]):
        self._socket = sock
        self._stream = sock.makefile('rb')
        self._on_notification = on_notification
        self._on_lost = on_lost
        self._ids = itertools.count(1)
        self._table_lock = threading.Lock()
        self._write_lock = threading.Lock()
        self._pending: dict[int, Pending] = {}
        self._alive = True
        self._reader = threading.Thread(target=self._read, name='powervm-bridge-reader', daemon=True)
        self._reader.start()

    @property
    def alive(self) -> bool:
        return self._alive

    def call(self, method: str, params: dict[str, Any], timeout: float | None = None,
             listener: Listener | None = None) -> Any:
        """The result. Raises RpcError; whatever else ends the wait cancels the request first."""
        pending = Pending(method, params, listener)
        number = self._register(pending)
        try:
            self._write({'jsonrpc': '2.0', 'id': number, 'method': method, 'params': params})
            return pending.wait(timeout)
        except BaseException:
            # Also for a killed green thread and for eventlet's Timeout, which are no Exceptions.
            if self._forget(number):
                self._cancel(number)
            raise
        finally:
            self._forget(number)

    def close(self) -> None:
        """Hang up. Pending calls fail."""
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._lose()

    def _register(self, pending: Pending) -> int:
        with self._table_lock:
            if not self._alive:
                raise _lost(pending.method)
            number = next(self._ids)
            self._pending[number] = pending
            return number

    def _forget(self, number: int) -> bool:
        with self._table_lock:
            return self._pending.pop(number, None) is not None

    def _write(self, message: dict[str, Any]) -> None:
        data = framing.encode(message)
        with self._write_lock:
            rest = data
            try:
                while rest and self._alive:
                    rest = rest[self._socket.send(rest):]
            except OSError:
                self.close()
            finally:
                # A green thread can be killed in here. The next message must not follow half of this one.
                if 0 < len(rest) < len(data):
                    self.close()

    def _cancel(self, number: int) -> None:
        if self._alive:
            self._write({'jsonrpc': '2.0', 'method': '$/cancelRequest', 'params': {'id': number}})

    def _read(self) -> None:
        try:
            while True:
                message = framing.read(self._stream)
                if message is None:
                    break
                self._dispatch(message)
        except OSError:
            pass
        except framing.FramingError as error:
            LOG.error('The compute daemon sent something that is not a message: %s', error)
        finally:
            self._lose()
            self._stream.close()
            self._socket.close()

    def _dispatch(self, message: dict[str, Any]) -> None:
        if 'method' in message:
            self._notified(message['method'], message.get('params') or {}, message.get('id'))
            return
        with self._table_lock:
            pending = self._pending.pop(message.get('id'), None)
        if pending is None:
            return  # the caller has gone
        if message.get('error') is not None:
            pending.put('error', RpcError.from_wire(message['error']))
        else:
            pending.put('result', message.get('result'))

    def _notified(self, name: str, params: dict[str, Any], number: Any) -> None:
        if number is not None:
            error = {'code': METHOD_NOT_FOUND, 'message': f'the plug-in answers no requests: {name}'}
            self._write({'jsonrpc': '2.0', 'id': number, 'error': error})
            return
        with self._table_lock:
            concerned = [pending for pending in self._pending.values() if pending.concerns(params)]
        for pending in concerned:
            pending.put(name, params)
        if not concerned:
            self._on_notification(name, params)

    def _lose(self) -> None:
        with self._table_lock:
            if not self._alive:
                return
            self._alive = False
            orphans = list(self._pending.values())
            self._pending.clear()
        for pending in orphans:
            pending.put('error', _lost(pending.method))
        self._on_lost(self)


def _lost(method: str) -> Disconnected:
    return Disconnected(f'connection to the compute daemon lost while "{method}" was waiting for its answer')
