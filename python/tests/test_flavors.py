"""The validator of ``powervm:`` keys in the Nova API (section 8.2)."""

import unittest

from tests import recorded

try:
    from nova import exception
    from nova.api.validation.extra_specs import validators

    from openstack_powervm import contract, flavors
except ImportError:
    validators = None

#: For each key what is accepted and what is not.
CASES = {
    'min_mem': (['128', '4096'], ['127', 'x', '1.5', '']),
    'max_mem': (['4096'], ['1', '-1']),
    'min_vcpu': (['1'], ['0', 'one']),
    'max_vcpu': (['64'], ['0']),
    'proc_units': (['0.05', '.5', '2', '1.25'], ['0.04', 'half', '1,5', '-1', '']),
    'min_proc_units': (['0.05'], ['0']),
    'max_proc_units': (['4'], ['x']),
    'dedicated_proc': (['true', 'Yes', 'F', 'no'], ['1', 'on', '']),
    'uncapped': (['t', 'N'], ['maybe']),
    'shared_weight': (['0', '255'], ['256', '-1']),
    'dedicated_sharing_mode': (['share_idle_procs', 'keep_idle_procs'], ['Share_Idle_Procs', 'x']),
    'shared_proc_pool_name': (['DefaultPool'], ['fifteen-letters', '']),
    'processor_compatibility': (['POWER9', 'power8+'], ['']),
    'availability_priority': (['127'], ['256']),
    'srr_capability': (['true'], ['2']),
    'enable_lpar_metric': (['no'], ['']),
    'ppt_ratio': (['1:64', '1:4096'], ['1:63', '64']),
    'enforce_affinity_check': (['Y'], ['always']),
    'secure_boot': (['0', '9'], ['10', 'on']),
    'ame_factor': (['0', '1', '2.5', '10.00'], ['0.5', '10.01', 'off', '-1', '']),
    'virtual_serial_number': (['auto', 'none', 'VS1000A'], ['vs1000a', 'VS1000AB', 'autoX', '']),
    'lpar_placement': (['1'], ['-1', 'packed']),
    'virtual_software_tier': (['P05'], ['']),
    'kvm_capable': (['yes'], ['1']),
    'min_affinity_score': (['0', '100'], ['101', 'high']),
    'min_affinity_score_action': (['warn'], ['']),
}


@recorded.needs_nova
class FlavorKeys(unittest.TestCase):
    def setUp(self):
        self.validators = {validator.name: validator for validator in flavors.register()}

    def test_every_key_of_the_driver_has_cases(self):
        self.assertEqual({key['name'] for key in contract.flavor_keys()}, {f'powervm:{name}' for name in CASES})

    def test_accepted_and_refused_values(self):
        for name, (accepted, refused) in CASES.items():
            key = f'powervm:{name}'
            for value in accepted:
                with self.subTest(key, value=value):
                    self.validators[key].validate(key, value)
            for value in refused:
                with self.subTest(key, value=value), self.assertRaises(exception.ValidationError):
                    self.validators[key].validate(key, value)

    def test_FLV_2_DRIFT_14_nova_refuses_unknown_keys_and_leaves_others_alone(self):
        before = dict(validators.VALIDATORS), set(validators.NAMESPACES)
        try:
            validators.VALIDATORS.update(self.validators)
            validators.NAMESPACES.add('powervm')
            with self.assertRaises(exception.ValidationError):
                validators.validate('powervm:proc_unit', '0.5')
            validators.validate('powervm:proc_units', '0.5')
            validators.validate('acme:anything', 'x')
        finally:
            validators.VALIDATORS.clear()
            validators.VALIDATORS.update(before[0])
            validators.NAMESPACES.intersection_update(before[1])
