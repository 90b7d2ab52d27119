"""Runs what needs green threads, in a process that eventlet has patched."""

import eventlet

eventlet.monkey_patch()

import threading  # noqa: E402
import unittest  # noqa: E402

from tests import rpc_cases  # noqa: E402
from tests.daemon import eventually  # noqa: E402

try:
    from tests.eventlet_nova_cases import LifecycleEventsUnderEventlet, NovasOwnWait  # noqa: E402, F401
except ImportError:
    print('skipped: no Nova here')


class UnderEventlet(rpc_cases.RpcCases):
    def test_threads_are_green_here(self):
        self.assertTrue(eventlet.patcher.is_monkey_patched('thread'))
        native = eventlet.patcher.original('threading').get_native_id
        seen = []
        thread = threading.Thread(target=lambda: seen.append(native()))
        thread.start()
        thread.join()
        self.assertEqual([native()], seen)

    def test_a_waiting_call_lets_the_others_run(self):
        daemon = self.start({'listInstances': [{'together': 2, 'result': []}]})
        client = self.client(daemon.socket)
        ticks = []
        ticker = eventlet.spawn(lambda: [ticks.append(eventlet.sleep(0.01)) for _ in range(1000)])
        call = rpc_cases.InBackground(lambda: client.call('listInstances', {'request': rpc_cases.REQUEST}))
        eventually(lambda: len(ticks) >= 5, 'the others run while the call waits')
        client.call('listInstances', {'request': rpc_cases.REQUEST})
        call.join()
        ticker.kill()

    def test_a_killed_green_thread_cancels_its_request(self):
        daemon = self.start({'getInfo': [{'hang': True}]})
        client = self.client(daemon.socket)
        params = {'uuid': rpc_cases.UUID, 'request': rpc_cases.REQUEST}
        caller = eventlet.spawn(client.call, 'getInfo', params)
        eventually(lambda: daemon.calls('getInfo'), 'the call has arrived')
        caller.kill()
        eventually(lambda: {'aborted': 'getInfo'} in daemon.entries(), 'the daemon sees the cancellation')

    def test_eventlets_timeout_cancels_the_request_and_passes(self):
        daemon = self.start({'getInfo': [{'hang': True}]})
        client = self.client(daemon.socket)
        with self.assertRaises(eventlet.Timeout), eventlet.Timeout(0.3):
            client.call('getInfo', {'uuid': rpc_cases.UUID, 'request': rpc_cases.REQUEST})
        eventually(lambda: {'aborted': 'getInfo'} in daemon.entries(), 'the daemon sees the cancellation')


if __name__ == '__main__':
    unittest.main(verbosity=2)
