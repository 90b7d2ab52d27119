"""SURF-4: the driver against the ComputeDriver of whatever Nova is installed."""

import inspect
import unittest

from tests import recorded
from tests.surface import SAME, SURFACE

try:
    from nova.virt import driver as base

    from openstack_powervm.compute.driver import SUPPORTED, PowerVMDriver
except ImportError:
    base = None


def described(function):
    """A signature in the table's notation."""
    parts = []
    for parameter in list(inspect.signature(function).parameters.values()):
        if parameter.name in ('self', 'cls'):
            continue
        star = '*' if parameter.kind is parameter.VAR_POSITIONAL else ''
        default = '' if parameter.default is parameter.empty else f'={parameter.default!r}'
        parts.append(star + parameter.name + default)
    return ', '.join(parts)


def methods(kind):
    """Public methods and the constructor; of the private ones only those that the table lists."""
    return {name: member for name, member in inspect.getmembers(kind, callable)
            if name in SURFACE or not name.startswith('_')}


@recorded.needs_nova
class Surface(unittest.TestCase):
    def test_SURF_1_SURF_4_DRIFT_6_the_installed_nova_has_no_method_or_argument_that_the_table_does_not_know(self):
        unknown = []
        for name, function in methods(base.ComputeDriver).items():
            row = SURFACE.get(name)
            have = described(function)
            if row is None:
                unknown.append(f'{name}({have})')
            elif have not in (row.nova_26, row.nova_26 if row.master == SAME else row.master):
                unknown.append(f'{name}({have}), known: {row}')
        self.assertEqual([], unknown)

    def test_SURF_2_what_the_table_says_of_our_methods_is_so(self):
        wrong = {}
        for name, row in SURFACE.items():
            if not hasattr(base.ComputeDriver, name):
                continue
            overridden = getattr(PowerVMDriver, name) is not getattr(base.ComputeDriver, name)
            if inspect.ismethod(getattr(base.ComputeDriver, name)):
                overridden = name in vars(PowerVMDriver)
            # rebuild refuses too, but takes a note first.
            if overridden != (row.ours == 'implement'):
                wrong[name] = row.ours
        self.assertEqual({}, wrong)

    def test_no_public_method_of_ours_is_unknown_to_nova(self):
        self.assertEqual([], sorted(set(methods(PowerVMDriver)) - set(methods(base.ComputeDriver))))

    def test_SURF_5_how_many_methods_either_release_has(self):
        master = [name for name, row in SURFACE.items() if row.master is not None]
        self.assertEqual((104, 110), (sum(row.nova_26 is not None for row in SURFACE.values()), len(master)))

    def test_SURF_6_DRIFT_4_HOST_13_hooks_that_nova_no_longer_calls_are_not_there(self):
        for hook in ('estimate_instance_overhead', 'deallocate_networks_on_reschedule',
                     'ensure_filtering_rules_for_instance', 'unfilter_instance', 'legacy_nwinfo',
                     'need_legacy_block_device_info'):
            self.assertFalse(hasattr(base.ComputeDriver, hook), hook)
            self.assertFalse(hasattr(PowerVMDriver, hook), hook)

    def test_SUSP_1_SUSP_2_HOST_12_HOST_14_HOST_15_what_is_not_offered_is_novas_not_implemented(self):
        driver = PowerVMDriver(None)
        refused = [name for name, row in SURFACE.items()
                   if row.ours == 'refuse' and hasattr(base.ComputeDriver, name)]
        for name in ('pause', 'unpause', 'suspend', 'resume', 'get_console_output', 'set_admin_password', 'quiesce',
                     'swap_volume', 'host_maintenance_mode', 'set_host_enabled', 'default_root_device_name',
                     'default_device_names_for_instance', 'get_device_name_for_instance'):
            self.assertIn(name, refused)
        for name in refused:
            arguments = [None for p in inspect.signature(getattr(driver, name)).parameters.values()
                         if p.default is p.empty and p.kind is not p.VAR_POSITIONAL]
            with self.subTest(name), self.assertRaises(NotImplementedError):
                getattr(driver, name)(*arguments)

    def test_SURF_3_every_argument_of_both_releases_is_taken_by_its_name(self):
        for name, row in SURFACE.items():
            if row.ours != 'implement':
                continue
            ours = inspect.signature(getattr(PowerVMDriver, name))
            open_ended = any(p.kind is p.VAR_KEYWORD for p in ours.parameters.values())
            for arguments in {row.nova_26, row.nova_26 if row.master == SAME else row.master} - {None}:
                for argument in filter(None, arguments.split(', ')):
                    known = argument.split('=')[0] in ours.parameters
                    self.assertTrue(known or open_ended, f'{name}: {argument}')

    def test_DRIFT_5_FIN_11_signatures_agree_with_the_installed_base_class_by_position(self):
        for name, function in methods(base.ComputeDriver).items():
            if SURFACE[name].ours != 'implement':
                continue
            base_names = [p.split('=')[0] for p in described(function).split(', ') if p]
            ours = list(inspect.signature(getattr(PowerVMDriver, name)).parameters)[1:]
            self.assertEqual(base_names, ours[:len(base_names)], name)

    def test_CAP_2_SURF_8_L_35_every_flag_of_the_release_is_declared(self):
        self.assertEqual(set(base.ComputeDriver.capabilities), set(PowerVMDriver.capabilities))
        self.assertLessEqual(SUPPORTED, set(base.ComputeDriver.capabilities))

    def test_CAP_1_what_this_driver_can_do_and_nothing_else(self):
        can = {flag for flag, has in PowerVMDriver(None).capabilities.items() if has}
        self.assertEqual({'supports_evacuate', 'supports_attach_interface', 'supports_extend_volume',
                          'supports_image_type_raw'}, can)

    def test_CAP_3_B_13_capabilities_belong_to_one_driver(self):
        one, two = PowerVMDriver(None), PowerVMDriver(None)
        one.capabilities['has_imagecache'] = True
        self.assertFalse(two.capabilities['has_imagecache'])

    def test_IMG_4_SURF_9_of_all_image_formats_only_raw_comes_here(self):
        traits = PowerVMDriver(None).capabilities_as_traits()
        formats = {name for name, has in traits.items() if has and name.startswith('COMPUTE_IMAGE_TYPE_')}
        self.assertEqual({'COMPUTE_IMAGE_TYPE_RAW'}, formats)

    def test_SURF_7_no_rebalancing(self):
        self.assertFalse(PowerVMDriver.rebalances_nodes)


@recorded.needs_nova
class LaterReleases(unittest.TestCase):
    """What master passes and 26.2 does not (DRIFT-5)."""

    def test_share_info_by_name_is_taken_by_every_call_that_gets_it(self):
        for name in ('reboot', 'power_on', 'rescue', 'resume_state_on_host_boot'):
            self.assertIn('share_info', inspect.signature(getattr(PowerVMDriver, name)).parameters, name)
