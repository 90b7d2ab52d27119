"""Checks ``powervm:`` keys where an administrator sets them on a flavor (DRIFT-14). Imported inside nova-api.

Nova finds :func:`register` by the entry point ``nova.api.extra_spec_validators``. That one validator names a key of
the namespace is enough for Nova to refuse every other.
"""

from typing import Any

from nova import exception
from nova.api.validation.extra_specs import base

from openstack_powervm import contract


class DecimalValidator(base.ExtraSpecValidator):
    """Nova knows no decimal numbers."""

    def _validate_str(self, value: str) -> None:
        super()._validate_str(value)
        number = float(value)
        if number == 0 and self.value['zero']:
            return
        if number < self.value['min']:
            raise exception.ValidationError(
                f"Validation failed; '{value}' is less than the min value of '{self.value['min']}'.")
        if number > self.value['max']:
            raise exception.ValidationError(
                f"Validation failed; '{value}' is greater than the max value of '{self.value['max']}'.")


def register() -> list[base.ExtraSpecValidator]:
    return [_validator(key) for key in contract.flavor_keys()]


def _validator(key: dict[str, Any]) -> base.ExtraSpecValidator:
    kind = DecimalValidator if key['type'] == 'number' else base.ExtraSpecValidator
    return kind(name=key['name'], description=key['description'], value=_value(key))


def _value(key: dict[str, Any]) -> dict[str, Any]:
    if key['type'] == 'integer':
        limits = {'min': key.get('minimum'), 'max': key.get('maximum')}
        return {'type': int, **{name: limit for name, limit in limits.items() if limit is not None}}
    if key['type'] == 'number':
        return {'type': str, 'pattern': r'\d*\.?\d+', 'min': key['minimum'],
                'max': key.get('maximum', float('inf')), 'zero': key.get('zero', False)}
    if key['type'] == 'boolean':
        # Nova's own booleans take more words than the driver (FLV-3).
        return {'type': str, 'pattern': f'(?i:{"|".join(key["choices"])})'}
    if 'pattern' in key:
        return {'type': str, 'pattern': key['pattern']}
    if 'choices' in key:
        return {'type': str, 'enum': key['choices']}
    return {'type': str, 'pattern': f'.{{1,{key["maxLength"]}}}'}
