"""The JSON-RPC client on native threads."""

from tests import rpc_cases
from tests.daemon import needs_daemon


@needs_daemon
class NativeThreads(rpc_cases.RpcCases):
    pass


del rpc_cases
