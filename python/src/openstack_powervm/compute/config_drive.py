"""Config drives: content and ISO by Nova, the facts of the platform by the daemon (CD-1 … CD-8)."""

import contextlib
import copy
import os
import tempfile
from collections.abc import Iterator
from typing import Any

from nova import exception
from nova.api.metadata import base as instance_metadata
from nova.network import model
from nova.virt import configdrive
from oslo_concurrency import processutils
from oslo_log import log as logging

LOG = logging.getLogger(__name__)

#: The ISO build is tried once more after an operating system error (RETRY-5).
ATTEMPTS = 2

required_by = configdrive.required_by


@contextlib.contextmanager
def built(conf: Any, instance: Any, network_info: Any, facts: dict[str, Any],
          injected_files: Any, admin_password: str | None) -> Iterator[str]:
    """The path of the config drive's ISO, in a private folder that is gone afterwards (CD-7)."""
    if conf.config_drive_format != 'iso9660':
        raise exception.ConfigDriveUnknownFormat(
            f'config_drive_format is {conf.config_drive_format}, but PowerVM serves config drives as optical media, '
            f'which must be iso9660')
    metadata = _metadata(instance, network_info, facts, injected_files, admin_password)
    with tempfile.TemporaryDirectory(prefix='powervm-config-drive-', dir=conf.tempdir) as folder:
        path = os.path.join(folder, 'config-drive.iso')
        _build(metadata, path, instance)
        yield path


def _build(metadata: Any, path: str, instance: Any) -> None:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with configdrive.ConfigDriveBuilder(instance_md=metadata) as builder:
                builder.make_drive(path)
            return
        except (OSError, processutils.ProcessExecutionError) as error:
            LOG.warning('Building the config drive failed (attempt %d of %d): %s', attempt, ATTEMPTS, error,
                        instance=instance)
            if attempt == ATTEMPTS:
                raise exception.InstanceDeployFailure(
                    f'the config drive could not be built: {error}. Is the program of mkisofs_cmd '
                    f'(genisoimage) installed, and is there room in the temporary folder?') from error


def _metadata(instance: Any, network_info: Any, facts: dict[str, Any], injected_files: Any,
              admin_password: str | None) -> Any:
    extra = {} if admin_password is None else {'admin_pass': admin_password}
    metadata = instance_metadata.InstanceMetadata(
        instance, content=injected_files, extra_md=extra, network_info=network(network_info, facts))
    # cloud-init takes a guest for a new one when this differs from the machine's own UUID (CD-4).
    metadata.uuid = facts['partitionUuid']
    return metadata


def network(network_info: Any, facts: dict[str, Any]) -> model.NetworkInfo:
    """A copy for the config drive: types that cloud-init knows, and the management port (CD-5, CD-6)."""
    types = facts['vifTypes']
    result = model.NetworkInfo()
    for vif in network_info:
        changed = copy.deepcopy(vif)
        changed['type'] = types.get(vif['id'], changed['type'])
        result.append(changed)
    management = facts['management']
    if management is not None and management['ipv6Address'] is not None:
        result.append(_management_port(management, types.get('mgmt_vif', 'vif')))
    return result


def _management_port(management: dict[str, Any], vif_type: str) -> model.VIF:
    subnet = model.Subnet(
        version=6, cidr='fe80::/64',
        ips=[model.FixedIP(address=management['ipv6Address'], version=6)])
    network = model.Network(id='mgmt', subnets=[subnet], injected='yes')
    return model.VIF(
        id='mgmt_vif', address=management['mac'], network=network, type=vif_type)
