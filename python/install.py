#!/usr/bin/env python3
"""Installs the Python package without pip, and puts the driver where a packaged Nova finds it.

    python3 install.py --target DIR                 package, entry points and DIR/bin/nova-compute-powervm
    python3 install.py --target DIR --beside-nova   the same, and nova/virt/powervm_ext beside the packaged Nova
    python3 install.py --target DIR --remove        takes away what the above has put there

DIR must be on Python's search path of the services: a folder of its own named in PYTHONPATH, or the site folder
that also holds Nova. Needs nothing but Python's standard library. See docs/installation-python.md.
"""

import argparse
import importlib.util
import pathlib
import shutil
import stat
import sys
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
PACKAGE = 'openstack_powervm'
EXTENSION = 'powervm_ext'

LAUNCHER = """#!{python}
import sys

sys.path.insert(0, {target!r})

from openstack_powervm.cmd.nova_compute import main

sys.exit(main())
"""


class InstallError(Exception):
    """Something that the person who installs must know."""


def project() -> dict:
    with open(HERE / 'pyproject.toml', 'rb') as file:
        return tomllib.load(file)['project']


def install(target: pathlib.Path) -> None:
    """Package, metadata and launcher. A copy that is there already is replaced as a whole."""
    remove(target)
    target.mkdir(parents=True, exist_ok=True)
    _copy(HERE / 'src' / PACKAGE, target / PACKAGE)
    described = project()
    info = _info_folder(target, described)
    info.mkdir()
    (info / 'METADATA').write_text(_metadata(described))
    (info / 'entry_points.txt').write_text(_entry_points(described))
    (info / 'INSTALLER').write_text('install.py\n')
    _write_launcher(target)


def remove(target: pathlib.Path) -> None:
    shutil.rmtree(target / PACKAGE, ignore_errors=True)
    for info in target.glob(f'{PACKAGE}-*.dist-info'):
        shutil.rmtree(info)
    for launcher in project()['scripts']:
        (target / 'bin' / launcher).unlink(missing_ok=True)


def beside_nova() -> pathlib.Path:
    """The folder for the driver's name beside the drivers of the installed Nova.

    Only a Nova in a site folder qualifies: in a source tree the extra folder would show up as a change.
    """
    spec = importlib.util.find_spec('nova')
    if spec is None or not spec.submodule_search_locations or spec.origin is None:
        raise InstallError(f'no Nova is installed for {sys.executable}; use the Python that nova-compute runs on')
    nova = pathlib.Path(spec.submodule_search_locations[0])
    if nova.parent.name not in ('dist-packages', 'site-packages'):
        raise InstallError(
            f'Nova at {nova} is not a packaged one (it is editable, or a source tree); '
            f'start the service with nova-compute-powervm instead')
    return nova / 'virt' / EXTENSION


def install_beside_nova() -> pathlib.Path:
    """Adds files; those of the Nova package stay untouched."""
    folder = beside_nova()
    shutil.rmtree(folder, ignore_errors=True)
    _copy(HERE / 'src' / PACKAGE / 'virt' / EXTENSION, folder)
    return folder


def remove_beside_nova() -> None:
    try:
        shutil.rmtree(beside_nova(), ignore_errors=True)
    except InstallError:
        pass  # nothing can have been put there


def _copy(source: pathlib.Path, destination: pathlib.Path) -> None:
    shutil.copytree(source, destination, ignore=shutil.ignore_patterns('__pycache__'))


def _info_folder(target: pathlib.Path, described: dict) -> pathlib.Path:
    return target / f'{PACKAGE}-{described["version"]}.dist-info'


def _metadata(described: dict) -> str:
    return (f'Metadata-Version: 2.1\nName: {described["name"]}\nVersion: {described["version"]}\n'
            f'Summary: {described["description"]}\nRequires-Python: {described["requires-python"]}\n')


def _entry_points(described: dict) -> str:
    groups = {'console_scripts': described['scripts'], **described['entry-points']}
    sections = ('\n'.join([f'[{group}]', *(f'{name} = {value}' for name, value in entries.items()), ''])
                for group, entries in groups.items())
    return '\n'.join(sections)


def _write_launcher(target: pathlib.Path) -> None:
    launcher = target / 'bin' / 'nova-compute-powervm'
    launcher.parent.mkdir(exist_ok=True)
    launcher.write_text(LAUNCHER.format(python=sys.executable, target=str(target.resolve())))
    launcher.chmod(launcher.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--target', required=True, type=pathlib.Path, help='folder for the package')
    parser.add_argument('--beside-nova', action='store_true',
                        help='also make the driver visible to the stock nova-compute')
    parser.add_argument('--remove', action='store_true', help='remove instead of install')
    arguments = parser.parse_args()
    try:
        if arguments.remove:
            remove(arguments.target)
            remove_beside_nova()
            return 0
        install(arguments.target)
        print(f'installed in {arguments.target}')
        if arguments.beside_nova:
            print(f'installed in {install_beside_nova()}')
        return 0
    except (InstallError, OSError) as error:
        print(f'install.py: {error}', file=sys.stderr)
        return 1


if __name__ == '__main__':
    sys.exit(main())
