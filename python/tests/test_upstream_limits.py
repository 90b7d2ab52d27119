"""What stock OpenStack refuses or leaves out whatever a driver does: proofs for test/tempest/known-failures.ts."""

import importlib.util
import unittest

WITH_BOTH = all(importlib.util.find_spec(name) for name in ('nova', 'tempest'))


@unittest.skipUnless(WITH_BOTH, 'needs Nova and Tempest')
class DiagnosticsDriver(unittest.TestCase):
    """A21: Nova has no name for the PowerVM driver in its diagnostics, and Tempest takes no answer without one."""

    def test_nova_refuses_every_name_but_five(self):
        from nova.objects import diagnostics, fields

        self.assertEqual(
            set(fields.HypervisorDriver.ALL), {'libvirt', 'xenapi', 'vmwareapi', 'ironic', 'hyperv'})
        for name in ('powervm', 'powervm_ext', 'phyp', None):
            with self.assertRaises(ValueError):
                diagnostics.Diagnostics(driver=name)

    def test_tempest_wants_one_of_the_five(self):
        from tempest.lib.api_schema.response.compute.v2_48 import servers

        schema = servers.show_server_diagnostics['response_body']
        self.assertIn('driver', schema['required'])
        self.assertEqual(
            schema['properties']['driver'],
            {'type': 'string', 'enum': ['libvirt', 'xenapi', 'vmwareapi', 'ironic', 'hyperv']})
