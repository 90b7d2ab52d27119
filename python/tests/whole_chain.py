"""The programs behind the driver: a simulated Power system, the real daemon, and an image service of a few lines."""

import http.server
import json
import os
import signal
import subprocess
import threading
import urllib.request

from tests.daemon import NODE, REPOSITORY, eventually

PROGRAM = REPOSITORY / 'packages' / 'cli' / 'dist' / 'main.js'


class Program:
    """One subcommand of ``powervm``; its output goes to a file that a failing test can show."""

    def __init__(self, log, *arguments):
        self._log = open(log, 'w', encoding='utf-8')
        self._process = subprocess.Popen([NODE, str(PROGRAM), *arguments], stdout=self._log,
                                         stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        self._path = log

    def output(self):
        with open(self._path, encoding='utf-8') as file:
            return file.read()

    def kill(self):
        self._end(signal.SIGKILL)

    def stop(self):
        self._end(signal.SIGTERM)

    def _end(self, number):
        if self._process.poll() is None:
            self._process.send_signal(number)
        self._process.wait()
        self._log.close()


class Simulator(Program):
    def __init__(self, folder):
        super().__init__(os.path.join(folder, 'simulator.log'), 'simulate', '--site', 'one-host', '--port', '0', '--seed', '7')
        eventually(lambda: 'ready' in self.output(), 'the simulator is ready')
        self.url = self.output().split(' at ')[1].split()[0]

    def pass_time(self, seconds):
        body = json.dumps({'passSeconds': seconds}).encode()
        request = urllib.request.Request(f'{self.url}/simulator/clock', body, method='PUT')
        urllib.request.urlopen(request, timeout=30).close()

    def world(self):
        with urllib.request.urlopen(f'{self.url}/simulator/world', timeout=30) as answer:
            return json.load(answer)


class Daemon(Program):
    def __init__(self, folder):
        self.socket = os.path.join(folder, 'compute.sock')
        super().__init__(os.path.join(folder, 'daemon.log'), 'compute', '--socket', self.socket)


class ImageService:
    """Serves one image; ``hold`` keeps its bytes back until ``release``."""

    def __init__(self, content):
        self.tokens = set()
        self.asked = threading.Event()
        self.go = threading.Event()
        self.go.set()
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def do_GET(self):
                service.tokens.add(self.headers['X-Auth-Token'])
                if not self.path.endswith('/file'):
                    described = {'id': 'i', 'size': len(content), 'status': 'active', 'disk_format': 'raw'}
                    self._answer(json.dumps(described).encode())
                    return
                service.asked.set()
                service.go.wait(60)
                self._answer(content)

            def _answer(self, body):
                try:
                    self.send_response(200)
                    self.send_header('Content-Length', str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except ConnectionError:
                    pass  # the reader has been killed, which is the test

            def log_message(self, *arguments):
                pass

        self._server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.url = f'http://127.0.0.1:{self._server.server_port}'
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self.go.set()
        self._server.shutdown()
        self._server.server_close()
