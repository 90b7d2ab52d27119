"""What the JSON-RPC client must do, whatever kind of threads it runs on.

``test_rpc_native`` runs these on native threads, ``test_rpc_eventlet`` in a process that eventlet has patched.
"""

import threading

from openstack_powervm import contract
from openstack_powervm.rpc import Client, Disconnected, RpcError, Unavailable

from tests.daemon import DaemonTest, eventually

UUID = '5c9bb7d5-f576-45e8-9277-33fe0201862c'
REQUEST = {'requestId': 'req-1', 'userId': None, 'projectId': None}
HANDSHAKE = {
    'protocol': contract.protocol(),
    'shim': {'version': '0.1.0', 'python': '3.11'},
    'nova': {'release': '26.2.2', 'host': 'host1', 'my_ip': '127.0.0.1', 'instance_name_template': 'i-%08x'},
    'options': {},
}
INSTANCE = {
    'uuid': UUID, 'name': 'instance-1', 'displayName': None, 'host': None, 'vmState': None, 'taskState': None,
    'powerState': None, 'projectId': None, 'oldFlavor': None, 'newFlavor': None, 'systemMetadata': {},
    'flavor': {'name': 'f', 'memoryMb': 1, 'vcpus': 1, 'rootGb': 1, 'ephemeralGb': 0, 'swapMb': 0,
               'extraSpecs': {}},
}


class InBackground:
    """A call on a thread of its own, with what became of it."""

    def __init__(self, function):
        self.result = self.error = None
        self._function = function
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        try:
            self.result = self._function()
        except BaseException as error:
            self.error = error

    def join(self):
        self._thread.join(30)
        if self._thread.is_alive():
            raise AssertionError('the call still waits')
        return self


class RpcCases(DaemonTest):
    def client(self, socket, on_notification=None, patience=20.0):
        client = Client(socket, lambda connection: connection.call('handshake', HANDSHAKE), on_notification,
                        patience)
        self.addCleanup(client.close)
        return client

    def test_call_and_answer(self):
        daemon = self.start({'getInfo': [{'result': {'state': 4}}]})
        client = self.client(daemon.socket)
        self.assertEqual({'state': 4}, client.call('getInfo', {'uuid': UUID, 'request': REQUEST}))
        self.assertEqual(REQUEST, daemon.calls('getInfo')[0]['request'])

    def test_text_outside_ascii_arrives_whole(self):
        daemon = self.start({'listInstances': [{'result': ['größe-猫']}]})
        client = self.client(daemon.socket)
        self.assertEqual(['größe-猫'], client.call('listInstances', {'request': REQUEST}))

    def test_concurrent_calls_share_one_connection(self):
        # The daemon answers none of the five before it has all of them.
        daemon = self.start({'listInstances': [{'together': 5, 'result': ['x']}]})
        client = self.client(daemon.socket)
        calls = [InBackground(lambda: client.call('listInstances', {'request': REQUEST})) for _ in range(5)]
        self.assertEqual([['x']] * 5, [call.join().result for call in calls])
        self.assertEqual(1, sum('handshake' in entry for entry in daemon.entries()))

    def test_errors_keep_code_exception_and_text(self):
        error = {'code': 'PVM_VIOS_BUSY', 'message': 'VIOS vios1 is busy', 'novaException': 'InstanceNotFound'}
        daemon = self.start({'getInfo': [{'error': error}]})
        with self.assertRaises(RpcError) as caught:
            self.client(daemon.socket).call('getInfo', {'uuid': UUID, 'request': REQUEST})
        self.assertEqual(('PVM_VIOS_BUSY', 'InstanceNotFound', 'VIOS vios1 is busy'),
                         (caught.exception.code, caught.exception.nova_exception, str(caught.exception)))

    def test_a_refused_parameter_is_named(self):
        daemon = self.start()
        with self.assertRaisesRegex(RpcError, '^getInfo: uuid: Invalid UUID'):
            self.client(daemon.socket).call('getInfo', {'uuid': 'x', 'request': REQUEST})

    def test_timeout_cancels_the_request(self):
        daemon = self.start({'getInfo': [{'hang': True}]})
        client = self.client(daemon.socket)
        with self.assertRaises(RpcError) as caught:
            client.call('getInfo', {'uuid': UUID, 'request': REQUEST}, timeout=0.2)
        self.assertEqual('PVM_TIMEOUT', caught.exception.code)
        eventually(lambda: {'aborted': 'getInfo'} in daemon.entries(), 'the daemon sees the cancellation')

    def test_a_failing_listener_cancels_the_request(self):
        progress = {'instanceUuid': UUID, 'percent': 10, 'step': 'x'}
        daemon = self.start({'powerOff': [{'notify': [['progress', progress]], 'hang': True}]})

        def listener(name, params):
            raise KeyError('instance is being deleted')

        params = {'instance': INSTANCE, 'timeout': 0, 'retryInterval': 0, 'request': REQUEST}
        with self.assertRaises(KeyError):
            self.client(daemon.socket).call('powerOff', params, listener=listener)
        eventually(lambda: {'aborted': 'powerOff'} in daemon.entries(), 'the daemon sees the cancellation')

    def test_notifications_of_a_call_come_on_the_calling_thread_in_order(self):
        notes = [['taskState', {'instanceUuid': UUID, 'taskState': 'a', 'expected': None}],
                 ['progress', {'instanceUuid': UUID, 'percent': 10, 'step': 'x'}]]
        daemon = self.start({'powerOff': [{'notify': notes}]})
        seen = []
        params = {'instance': INSTANCE, 'timeout': 0, 'retryInterval': 0, 'request': REQUEST}
        self.client(daemon.socket).call(
            'powerOff', params, listener=lambda name, _: seen.append((name, threading.get_ident())))
        self.assertEqual([('taskState', threading.get_ident()), ('progress', threading.get_ident())], seen)

    def test_lifecycle_notifications_come_one_after_the_other(self):
        daemon = self.start()
        seen = []
        client = self.client(daemon.socket, lambda name, params: seen.append((name, params['transition'])))
        client.call('listInstances', {'request': REQUEST})
        daemon.emit([UUID], 'stopped')
        daemon.emit([UUID], 'started')
        eventually(lambda: len(seen) == 2, 'both events arrive')
        self.assertEqual([('lifecycle', 'stopped'), ('lifecycle', 'started')], seen)

    def test_a_killed_daemon_fails_pending_calls_at_once(self):
        daemon = self.start({'getInfo': [{'hang': True}]})
        client = self.client(daemon.socket)
        calls = [InBackground(lambda: client.call('getInfo', {'uuid': UUID, 'request': REQUEST}))
                 for _ in range(3)]
        eventually(lambda: len(daemon.calls('getInfo')) == 3, 'all calls have arrived')
        daemon.kill()
        for call in calls:
            self.assertIsInstance(call.join().error, Disconnected)

    def test_a_restarted_daemon_is_greeted_again_and_serves(self):
        daemon = self.start()
        client = self.client(daemon.socket)
        client.call('listInstances', {'request': REQUEST})
        daemon.kill()
        call = InBackground(lambda: client.call('listInstances', {'request': REQUEST}))
        daemon = self.start({'listInstances': [{'result': ['back']}]})
        self.assertEqual(['back'], call.join().result, call.error)
        self.assertEqual(2, sum('handshake' in entry for entry in daemon.entries()))

    def test_events_flow_again_after_a_restart_without_any_call(self):
        daemon = self.start()
        seen = []
        self.client(daemon.socket, lambda name, params: seen.append(params['transition'])).call(
            'listInstances', {'request': REQUEST})
        daemon.kill()
        daemon = self.start()
        eventually(lambda: sum('handshake' in entry for entry in daemon.entries()) == 2, 'the client is back')
        eventually(lambda: daemon.emit([UUID], 'started') or seen, 'an event arrives')

    def test_an_absent_daemon_is_named_with_what_to_do(self):
        client = self.client(self.folder + '/none.sock', patience=0)
        with self.assertRaisesRegex(Unavailable, 'no compute daemon answers on .*none.sock.*powervm compute'):
            client.call('listInstances', {'request': REQUEST})

    def test_a_refused_handshake_is_not_repeated(self):
        error = {'code': 'PVM_OPTIONS_INVALID', 'message': '[powervm] disk_driver: Invalid option'}
        daemon = self.start({'handshake': [{'error': error}]})
        with self.assertRaisesRegex(RpcError, 'disk_driver'):
            self.client(daemon.socket).call('listInstances', {'request': REQUEST})
        self.assertEqual(1, sum('handshake' in entry for entry in daemon.entries()))

    def test_close_fails_waiting_and_later_calls(self):
        daemon = self.start({'getInfo': [{'hang': True}]})
        client = self.client(daemon.socket)
        call = InBackground(lambda: client.call('getInfo', {'uuid': UUID, 'request': REQUEST}))
        eventually(lambda: daemon.calls('getInfo'), 'the call has arrived')
        client.close()
        self.assertIsInstance(call.join().error, Disconnected)
        with self.assertRaises(Unavailable):
            client.call('listInstances', {'request': REQUEST})

