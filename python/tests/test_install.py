"""Installation beside a packaged Nova, and the launcher for any other."""

import importlib.metadata
import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

from tests.daemon import REPOSITORY

PYTHON = REPOSITORY / 'python'
INSTALLER = PYTHON / 'install.py'

needs_nova = unittest.skipUnless(importlib.util.find_spec('nova'), 'needs Nova')
needs_stevedore = unittest.skipUnless(
    importlib.util.find_spec('stevedore') and importlib.util.find_spec('neutron'), 'needs Neutron and stevedore')

#: The way nova-compute loads its driver.
LOAD = ("import nova.cmd.compute; from nova.virt import driver; "
        "print(type(driver.load_compute_driver(None, 'powervm_ext.driver.PowerVMDriver')).__name__)")


def installer():
    spec = importlib.util.spec_from_file_location('install', INSTALLER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TargetTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix='target-')
        self.addCleanup(folder.cleanup)
        self.target = pathlib.Path(folder.name)

    def run_python(self, *arguments, path=(), **environment):
        environment = {**os.environ, 'PYTHONPATH': os.pathsep.join(map(str, path)), **environment}
        return subprocess.run([sys.executable, *arguments], env=environment, text=True, cwd=self.target,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def install(self):
        done = self.run_python(str(INSTALLER), '--target', str(self.target))
        self.assertEqual(0, done.returncode, done.stdout)


class IntoAFolder(TargetTest):
    def test_twice_and_removed(self):
        self.install()
        self.install()
        self.assertTrue((self.target / 'openstack_powervm' / 'contract.json').exists())
        found = list(importlib.metadata.distributions(path=[str(self.target)]))
        self.assertEqual(['openstack-powervm'], [one.metadata['Name'] for one in found])
        installer().remove(self.target)
        self.assertEqual(['bin'], sorted(os.listdir(self.target)))

    def test_entry_points_are_those_of_the_project(self):
        self.install()
        described = installer().project()
        found, = importlib.metadata.distributions(path=[str(self.target)])
        have = {(point.group, point.name, point.value) for point in found.entry_points}
        want = {(group, name, value) for group, entries in described['entry-points'].items()
                for name, value in entries.items()}
        self.assertLessEqual(want, have)

    @needs_stevedore
    def test_neutron_finds_the_mechanism_drivers_by_their_names(self):
        self.install()
        names = ['pvm_sea', 'pvm_sriov']
        code = (f"import stevedore; m = stevedore.NamedExtensionManager('neutron.ml2.mechanism_drivers', {names},"
                f" invoke_on_load=True, name_order=True); print(*(m[name].obj.vif_type for name in {names}))")
        # stevedore remembers what it found in a folder of the user.
        done = self.run_python('-c', code, path=[self.target], XDG_CACHE_HOME=str(self.target / 'cache'))
        self.assertEqual('pvm_sea pvm_sriov', done.stdout.splitlines()[-1], done.stdout)

    @needs_nova
    def test_the_nova_api_finds_the_validator_of_flavor_keys(self):
        self.install()
        code = ("from nova.api.validation.extra_specs import validators as v; "
                "print('powervm' in v.NAMESPACES, 'powervm:proc_units' in v.VALIDATORS)")
        done = self.run_python('-c', code, path=[self.target], XDG_CACHE_HOME=str(self.target / 'cache'))
        self.assertEqual('True True', done.stdout.splitlines()[-1], done.stdout)

    @needs_nova
    def test_launcher_serves_the_driver_and_needs_nothing_beside_nova(self):
        self.install()
        code = ("import nova.cmd.compute as c, sys; "
                "c.main = lambda: exec('import importlib; "
                "print(importlib.import_module(\"nova.virt.powervm_ext.driver\").PowerVMDriver.__name__)'); "
                "from openstack_powervm.cmd import nova_compute; nova_compute.main()")
        done = self.run_python('-c', code, path=[self.target])
        self.assertEqual('PowerVMDriver', done.stdout.splitlines()[-1], done.stdout)

    @needs_nova
    def test_launcher_script_is_the_stock_nova_compute(self):
        self.install()
        done = subprocess.run([self.target / 'bin' / 'nova-compute-powervm', '--version'], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        stock = self.run_python('-c', 'from nova.cmd.compute import main; main()', '--version')
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertRegex(done.stdout, r'^\d+\.\d+')
        self.assertIn(done.stdout.strip(), stock.stdout.splitlines())


@needs_nova
class BesideNova(TargetTest):
    """With a stand-in for the site folder: a copy of links to the installed Nova, which itself is not touched."""

    def setUp(self):
        super().setUp()
        nova = pathlib.Path(importlib.util.find_spec('nova').origin).parent
        self.site = self.target / 'dist-packages'
        (self.site / 'nova' / 'virt').mkdir(parents=True)
        for source in nova.iterdir():
            if source.name != 'virt':
                (self.site / 'nova' / source.name).symlink_to(source)
        for source in (nova / 'virt').iterdir():
            if source.name not in ('powervm_ext', '__pycache__'):
                (self.site / 'nova' / 'virt' / source.name).symlink_to(source)

    def test_DRIFT_18_stock_import_path_finds_the_driver_and_removal_leaves_nova_whole(self):
        before = sorted(os.listdir(self.site / 'nova' / 'virt'))
        done = self.run_python(str(INSTALLER), '--target', str(self.target), '--beside-nova', path=[self.site])
        self.assertEqual(0, done.returncode, done.stdout)
        self.assertEqual(['__init__.py', 'driver.py'],
                         sorted(os.listdir(self.site / 'nova' / 'virt' / 'powervm_ext')))
        loaded = self.run_python('-c', LOAD, path=[self.site, self.target])
        self.assertEqual('PowerVMDriver', loaded.stdout.splitlines()[-1], loaded.stdout)
        done = self.run_python(str(INSTALLER), '--target', str(self.target), '--remove', path=[self.site])
        self.assertEqual(0, done.returncode, done.stdout)
        after = [name for name in sorted(os.listdir(self.site / 'nova' / 'virt')) if name != '__pycache__']
        self.assertEqual(before, after)

    def test_an_editable_nova_is_refused_with_what_to_do(self):
        tree = self.target / 'src'
        tree.mkdir()
        (self.site / 'nova').rename(tree / 'nova')
        done = self.run_python(str(INSTALLER), '--target', str(self.target), '--beside-nova', path=[tree])
        self.assertEqual(1, done.returncode)
        self.assertIn('start the service with nova-compute-powervm', done.stdout)


class Absent(unittest.TestCase):
    def test_no_nova_is_said(self):
        module = installer()
        with mock.patch('importlib.util.find_spec', return_value=None):
            with self.assertRaisesRegex(module.InstallError, 'no Nova is installed'):
                module.beside_nova()
