import logging
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'src'))
# What the package logs is no part of a test's output.
logging.getLogger('openstack_powervm').addHandler(logging.NullHandler())
