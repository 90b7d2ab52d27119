"""The daemon for tests: the real TypeScript server with a driver that answers what a test wants."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = REPOSITORY / 'packages' / 'bridge' / 'dist' / 'testing' / 'fake-daemon.js'
NODE = shutil.which('node')

needs_daemon = unittest.skipUnless(
    NODE and PROGRAM.exists(), 'needs node and the compiled packages (npm run build)')


class FakeDaemon:
    """One process on one socket. ``script`` says how methods answer; see fake-daemon.ts."""

    def __init__(self, folder: str, script: dict | None = None):
        self.socket = os.path.join(folder, 'compute.sock')
        self.journal = os.path.join(folder, 'journal')
        self._process = subprocess.Popen(
            [NODE, str(PROGRAM), self.socket, self.journal, json.dumps(script or {})],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self._process.stdout.readline()
        if line != 'ready\n':
            raise RuntimeError(f'the test daemon did not start: {line!r}')

    def emit(self, candidates: list[str], transition: str) -> None:
        self._process.stdin.write(json.dumps(['lifecycle', {'candidates': candidates, 'transition': transition}]))
        self._process.stdin.write('\n')
        self._process.stdin.flush()

    def entries(self) -> list[dict]:
        if not os.path.exists(self.journal):
            return []
        with open(self.journal, encoding='utf-8') as lines:
            return [json.loads(line) for line in lines]

    def calls(self, *names: str) -> list[dict]:
        """Calls in order, all or those of some methods."""
        return [entry for entry in self.entries()
                if 'call' in entry and (not names or entry['call'] in names)]

    def names(self) -> list[str]:
        return [entry['call'] for entry in self.calls()]

    def kill(self) -> None:
        self._process.kill()
        self._end()

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.stdin.close()
        self._end()

    def _end(self) -> None:
        self._process.wait()
        self._process.stdout.close()
        if not self._process.stdin.closed:
            try:
                self._process.stdin.close()
            except BrokenPipeError:
                pass


class DaemonTest(unittest.TestCase):
    """A test with a folder of its own in which daemons can be started."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory(prefix='shim-')
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def start(self, script: dict | None = None) -> FakeDaemon:
        daemon = FakeDaemon(self.folder, script)
        self.addCleanup(daemon.stop)
        return daemon


def eventually(condition, what: str):
    """Waits until a condition holds and returns its value."""
    limit = time.monotonic() + 30
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > limit:
            raise AssertionError(f'did not happen: {what}')
        time.sleep(0.01)
