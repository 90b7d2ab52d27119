"""The ``[powervm]`` options of nova.conf, registered from the generated description (requirements 9.1)."""

from typing import Any

from nova import exception
from oslo_config import cfg

from openstack_powervm import contract

GROUP = 'powervm'

#: Options that the plug-in keeps for itself; the daemon is told all others.
OWN = frozenset({'daemon_socket'})


def _option(described: dict[str, Any]) -> cfg.Opt:
    name, kind = described['name'], described['type']
    common = {'default': described['default'], 'help': described['help'], 'secret': described.get('secret', False)}
    if kind == 'boolean':
        return cfg.BoolOpt(name, **common)
    if kind == 'integer':
        return cfg.IntOpt(name, min=described.get('min'), max=described.get('max'), **common)
    if kind == 'float':
        return cfg.FloatOpt(name, min=described.get('min'), max=described.get('max'), **common)
    return cfg.StrOpt(name, choices=described.get('choices'), ignore_case=True, **common)


def options() -> list[cfg.Opt]:
    return [_option(described) for described in contract.options()]


def list_opts() -> list[tuple[str, list[cfg.Opt]]]:
    """For oslo-config-generator (CFG-4)."""
    return [(GROUP, options())]


def register(conf: cfg.ConfigOpts) -> None:
    conf.register_group(cfg.OptGroup(GROUP, title='PowerVM driver'))
    conf.register_opts(options(), group=GROUP)


def resolved(conf: cfg.ConfigOpts) -> dict[str, Any]:
    """Every option's value, for the handshake. May hold secrets.

    A value that oslo.config refuses is reported by the option's name at the start of the service, not at its first
    use (CFG-1).
    """
    values, problems = {}, []
    for described in contract.options():
        name = described['name']
        try:
            value = getattr(getattr(conf, GROUP), name)
        except (cfg.ConfigFileValueError, ValueError) as error:
            problems.append(_problem(name, described, error))
            continue
        if name not in OWN:
            values[name] = value
    if problems:
        raise exception.InvalidConfiguration('Invalid configuration: ' + '; '.join(problems))
    return values


def _problem(name: str, described: dict[str, Any], error: Exception) -> str:
    if described.get('secret'):
        return f'[{GROUP}] {name} has a value that is not valid'
    return f'[{GROUP}] {name}: {error}'
