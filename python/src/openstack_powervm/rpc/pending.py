"""One call that waits for its answer."""

import collections
import threading
import time
from collections.abc import Callable
from typing import Any

from openstack_powervm.rpc.errors import RpcError

#: Called on the calling thread with the name and the parameters of a notification that belongs to the call.
Listener = Callable[[str, dict[str, Any]], None]


class Timeout(RpcError):
    """The daemon did not answer in time."""

    def __init__(self, method: str, seconds: float):
        super().__init__('PVM_TIMEOUT', f'the compute daemon did not answer "{method}" within {seconds:g} s')


class Pending:
    """The meeting point of the thread that called and the one that reads.

    Notifications of the call (progress, task states) are handed to the calling thread, because only that may touch
    Nova's objects.
    """

    def __init__(self, method: str, params: dict[str, Any], listener: Listener | None):
        self.method = method
        self._listener = listener
        self._request_id = params.get('request', {}).get('requestId')
        self._instance_uuid = params.get('instance', {}).get('uuid')
        self._inbox: collections.deque[tuple[str, Any]] = collections.deque()
        self._arrived = threading.Condition(threading.Lock())

    def concerns(self, params: dict[str, Any]) -> bool:
        """Whether a notification with these parameters belongs to this call."""
        return (self._listener is not None and params.get('requestId') == self._request_id
                and params.get('instanceUuid') == self._instance_uuid)

    def put(self, kind: str, content: Any) -> None:
        """From the reader: ``result``, ``error`` (an exception), or a notification's name."""
        with self._arrived:
            self._inbox.append((kind, content))
            self._arrived.notify()

    def wait(self, timeout: float | None) -> Any:
        """The result, or the error raised. Listeners run in here."""
        limit = None if timeout is None else time.monotonic() + timeout
        while True:
            kind, content = self._take(limit, timeout)
            if kind == 'result':
                return content
            if kind == 'error':
                raise content
            if self._listener is not None:
                self._listener(kind, content)

    def _take(self, limit: float | None, timeout: float | None) -> tuple[str, Any]:
        with self._arrived:
            while not self._inbox:
                left = None if limit is None else limit - time.monotonic()
                if left is not None and left <= 0:
                    raise Timeout(self.method, timeout or 0)
                self._arrived.wait(left)
            return self._inbox.popleft()
