"""Client and driver under eventlet, in a process of its own: patching cannot be taken back."""

import importlib.util
import subprocess
import sys
import unittest

from tests.daemon import REPOSITORY, needs_daemon

needs_eventlet = unittest.skipUnless(importlib.util.find_spec('eventlet'), 'needs eventlet')


@needs_daemon
@needs_eventlet
class GreenThreads(unittest.TestCase):
    def test_DRIFT_15_all_cases_in_a_patched_process(self):
        done = subprocess.run(
            [sys.executable, '-W', 'ignore', '-m', 'tests.eventlet_main'], cwd=REPOSITORY / 'python', text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(0, done.returncode, done.stdout)
        self.assertRegex(done.stdout, r'Ran [1-9][0-9] tests')
