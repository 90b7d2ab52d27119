"""Tokens for the image service, from a Keystone of a few lines."""

import datetime
import http.server
import json
import os
import threading
import unittest
from unittest import mock

from tests import recorded
from tests.daemon import needs_daemon

try:
    from keystoneauth1 import loading
    from nova import exception
    from nova import service_auth

    from openstack_powervm.compute import image_access
    from tests.nova_rig import CONF, CallTest
except ImportError:
    CallTest = unittest.TestCase


class Keystone:
    """Every token it gives is good for ``lifetime`` seconds."""

    def __init__(self):
        self.given = []
        self.lifetime = 3600
        keystone = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                version = {'id': 'v3.14', 'status': 'stable', 'links': [{'rel': 'self', 'href': keystone.url}]}
                self._answer(200, {'version': version})

            def do_POST(self):
                self.rfile.read(int(self.headers['Content-Length']))
                expires = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=keystone.lifetime)
                keystone.given.append(f'service-token-{len(keystone.given)}')
                self._answer(201, {'token': {
                    'methods': ['password'], 'expires_at': expires.strftime('%Y-%m-%dT%H:%M:%S.000000Z'),
                    'issued_at': '2026-01-01T00:00:00.000000Z', 'user': {'id': 'n', 'name': 'nova'},
                }}, keystone.given[-1])

            def _answer(self, status, body, token=None):
                data = json.dumps(body).encode()
                self.send_response(status)
                self.send_header('Content-Length', str(len(data)))
                if token:
                    self.send_header('X-Subject-Token', token)
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *arguments):
                pass

        self._server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.url = f'http://127.0.0.1:{self._server.server_port}/v3'
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


@recorded.needs_nova
@needs_daemon
class ServiceToken(CallTest):
    def configure(self):
        self.keystone = Keystone()
        self.addCleanup(self.keystone.close)
        path = os.path.join(self.folder, 'nova.conf')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(f'[service_user]\nsend_service_user_token = true\nauth_type = v3password\n'
                       f'auth_url = {self.keystone.url}\nusername = nova\npassword = geheim\n'
                       f'user_domain_name = Default\nproject_name = service\nproject_domain_name = Default\n')
        CONF([], project='nova', default_config_files=[path], default_config_dirs=[])
        service_auth.reset_globals()
        self.addCleanup(self._forget_account)

    @staticmethod
    def _forget_account():
        """Options of the account are registered at the first use, and required from then on."""
        service_auth.reset_globals()
        CONF.reset()
        CONF.unregister_opts(loading.get_auth_plugin_conf_options('v3password'), group='service_user')

    def test_without_the_option_only_the_callers_token_is_sent(self):
        self.assertEqual({'endpoint': 'http://127.0.0.1:9292', 'token': 'secret-token'},
                         image_access.of(self.context))

    def test_with_it_nova_speaks_for_the_caller_with_one_token_for_many_operations(self):
        self.configure()
        for _ in range(2):
            access = image_access.required(self.context)
            self.assertEqual(('secret-token', 'service-token-0'), (access['token'], access['serviceToken']))

    def test_a_token_that_would_not_outlast_an_upload_is_renewed(self):
        self.configure()
        self.keystone.lifetime = 600
        self.assertEqual('service-token-1', image_access.of(self.context)['serviceToken'])
        self.keystone.lifetime = 3600
        self.assertEqual('service-token-2', image_access.of(self.context)['serviceToken'])
        self.assertEqual('service-token-2', image_access.of(self.context)['serviceToken'])

    def test_a_caller_without_token_gets_no_service_token_either(self):
        self.configure()
        self.context.auth_token = None
        self.assertIsNone(image_access.of(self.context))
        self.assertEqual([], self.keystone.given)

    def test_a_keystone_that_does_not_answer_is_named_as_the_reason(self):
        self.configure()
        self.keystone.close()
        with self.assertRaises(exception.GlanceConnectionFailed) as caught:
            image_access.of(self.context)
        self.assertNotIn('geheim', str(caught.exception))

    def test_a_snapshot_carries_both_and_an_error_neither(self):
        self.configure()
        error = {'code': 'PVM_X', 'message': 'Glance refused secret-token with service-token-0'}
        driver = self.prepare({'snapshot': [{'error': error}]})
        with mock.patch('nova.image.glance.API') as api:
            api.return_value.get.return_value = {'name': 'backup'}
            with self.assertRaisesRegex(exception.NovaException, r'Glance refused \*\*\* with \*\*\*'):
                driver.snapshot(self.context, self.instance, 'image-1', mock.Mock())
        sent = self.daemon.calls('snapshot')[0]['params']['imageAccess']
        self.assertEqual(('secret-token', 'service-token-0'), (sent['token'], sent['serviceToken']))
