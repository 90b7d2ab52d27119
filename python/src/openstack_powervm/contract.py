"""The contract with the compute daemon, as generated from its declarations."""

import functools
import importlib.resources
import json
from typing import Any


@functools.cache
def description() -> dict[str, Any]:
    """The whole generated description; shared, so callers must not change it."""
    text = importlib.resources.files(__package__).joinpath('contract.json').read_text('utf-8')
    return json.loads(text)


def protocol() -> int:
    """Version of the contract; a daemon answers only a plug-in that speaks the same one."""
    return description()['protocol']


def fallback_exception(method: str) -> str:
    """The Nova exception that a failure of this method becomes when the error names none."""
    return description()['methods'][method]['novaException']


def options() -> list[dict[str, Any]]:
    """The options of ``[powervm]``: name, type, default, min, max, choices, secret, help."""
    return description()['options']


def nova_options() -> list[str]:
    """Names of Nova's own options that the driver reuses; ``group.option`` outside DEFAULT."""
    return description()['novaOptions']


def flavor_keys() -> list[dict[str, Any]]:
    """The ``powervm:`` keys of flavors: name, type, minimum, maximum, maxLength, choices, description."""
    return description()['flavorKeys']
