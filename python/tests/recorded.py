"""The recorded calls of a stock Nova, with their arguments brought back to life as Nova's own objects."""

import importlib.util
import json
import os
import pathlib
import unittest
from typing import Any

from tests.daemon import REPOSITORY

_places = [os.environ.get('POWERVM_CAPTURES'), REPOSITORY.parent / 'shared' / 'captures']
CALLS = next((path for place in _places if place and (path := pathlib.Path(place) / 'nova-calls').is_dir()), None)

needs_captures = unittest.skipUnless(
    CALLS, 'needs the recorded Nova calls (POWERVM_CAPTURES, or ../shared/captures beside the repository)')
needs_nova = unittest.skipUnless(importlib.util.find_spec('nova'), 'needs Nova')


def names(kind: str = 'call') -> list[str]:
    """Every record, as scenario/file."""
    found = []
    for path in sorted(CALLS.glob('*/*.json')):
        if json.loads(path.read_text('utf-8'))['kind'] == kind:
            found.append(f'{path.parent.name}/{path.name}')
    return found


def load(name: str) -> dict[str, Any]:
    """One record with its references to the other files of the scenario resolved."""
    documents: dict[str, Any] = {}
    folder = (CALLS / name).parent

    def document(file):
        if file not in documents:
            documents[file] = json.loads((folder / file).read_text('utf-8'))
        return documents[file]

    def resolve(value):
        if isinstance(value, list):
            return [resolve(one) for one in value]
        if not isinstance(value, dict):
            return value
        if set(value) == {'$ref'}:
            file, _, pointer = value['$ref'].partition('#/')
            target = document(file)
            for step in pointer.split('/'):
                target = target[int(step)] if isinstance(target, list) else target[step]
            return resolve(target)
        return {key: resolve(one) for key, one in value.items()}

    return resolve(document(pathlib.Path(name).name))


def revive(value: Any) -> Any:
    """A recorded argument as the object that Nova passed."""
    if isinstance(value, list):
        return [revive(one) for one in value]
    if not isinstance(value, dict):
        return value
    if '$obj' in value:
        return _nova_object(value)
    if '$bytes' in value:
        return value['head'].encode()
    if '$class' in value:
        return _other_class(value)
    return {key: revive(one) for key, one in value.items()}


class BlockDevice(dict):
    """Nova's block devices are dictionaries that can save themselves."""

    def save(self):
        self.saved = True


def _other_class(value: dict[str, Any]) -> Any:
    from nova import context
    from nova.network import model
    kind, rest = value['$class'], {key: one for key, one in value.items() if key != '$class'}
    if kind.endswith('RequestContext'):
        return context.RequestContext.from_dict(rest)
    if kind.startswith('NetworkInfo'):
        return model.NetworkInfo.hydrate(rest.get('vifs', []))
    if kind == 'VIF':
        return model.VIF.hydrate(rest)
    return BlockDevice({key: revive(one) for key, one in rest.items()})


def _nova_object(record: dict[str, Any]) -> Any:
    """Only the fields that were set; whatever a list holds is brought to life one by one."""
    from nova.objects import base
    plain = record.get('plain', record)
    kind = base.NovaObjectRegistry.obj_classes()[record['$obj']][0]
    if isinstance(plain, list):
        return kind(objects=[revive(one) for one in plain])
    result = kind()
    for name, given in plain.items():
        if name in result.fields:
            setattr(result, name, _field_value(result.fields[name], given))
    result.obj_reset_changes(recursive=True)
    return result


def _field_value(field: Any, given: Any) -> Any:
    from nova.network import model
    from nova.objects import base
    from nova.objects import fields
    if isinstance(field, fields.ObjectField) and isinstance(given, list):
        kind = base.NovaObjectRegistry.obj_classes()[field.objname][0]
        return kind(objects=[revive(one) for one in given])
    if isinstance(field, fields.NetworkModelField):
        return model.NetworkInfo.hydrate(given)
    if isinstance(field, fields.NetworkVIFModelField):
        return model.VIF.hydrate(given)
    return revive(given)
