"""Errors of a call."""

from typing import Any


class RpcError(Exception):
    """The daemon answered with an error.

    ``code`` is stable and starts with ``PVM_``. ``nova_exception`` is the name of the Nova exception to raise, or
    None when the method's own fits.
    """

    def __init__(self, code: str, message: str, nova_exception: str | None = None,
                 details: dict[str, Any] | None = None):
        super().__init__(message)
        self.code = code
        self.nova_exception = nova_exception
        self.details = details or {}

    @classmethod
    def from_wire(cls, error: dict[str, Any]) -> 'RpcError':
        """From the ``error`` member of a JSON-RPC answer."""
        data = error.get('data') or {}
        return cls(data.get('code', 'PVM_INTERNAL'), data.get('message') or error.get('message', ''),
                   data.get('novaException'), data.get('details'))


class Unavailable(RpcError):
    """No daemon answers."""

    def __init__(self, message: str):
        super().__init__('PVM_UNAVAILABLE', message)


class Disconnected(RpcError):
    """The connection was lost while a call waited; whether the daemon did its work is not known."""

    def __init__(self, message: str):
        super().__init__('PVM_DISCONNECTED', message)
