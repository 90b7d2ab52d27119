"""What the daemon wants persisted, written into Nova's objects (design 3.6)."""

from typing import Any

from nova.virt import driver
from oslo_log import log as logging

from openstack_powervm.compute import convert

LOG = logging.getLogger(__name__)


def save(updates: dict[str, Any], instance: Any, block_device_info: Any = None) -> None:
    """System metadata goes to the instance, connection information to its volumes (SPAWN-8)."""
    save_system_metadata(updates.get('systemMetadata') or {}, instance)
    changed = updates.get('connectionInfo') or {}
    for volume in driver.block_device_info_get_mapping(block_device_info):
        wanted = changed.get(convert.volume_id(volume['connection_info'] or {}))
        if wanted is not None and wanted != volume['connection_info']:
            volume['connection_info'] = wanted
            volume.save()


def save_system_metadata(values: dict[str, str], instance: Any) -> None:
    if any(instance.system_metadata.get(key) != value for key, value in values.items()):
        instance.system_metadata.update(values)
        instance.save()


class Listener:
    """Follows one operation: progress goes to the instance, task states to whoever wants them.

    Runs on the thread that called the driver, the only one that may touch Nova's objects.
    """

    #: Saving costs a round trip to the conductor; smaller steps are not worth one.
    STEP = 10

    def __init__(self, instance: Any, update_task_state: Any = None):
        self._instance = instance
        self._update_task_state = update_task_state

    def __call__(self, name: str, params: dict[str, Any]) -> None:
        if name == 'progress':
            self._progress(int(params['percent']))
        elif name == 'taskState' and self._update_task_state is not None:
            self._task_state(params)

    def _progress(self, percent: int) -> None:
        if abs(percent - (self._instance.progress or 0)) < self.STEP and percent != 100:
            return
        try:
            self._instance.progress = percent
            self._instance.save()
        except Exception as error:
            # The number is for show; the operation goes on.
            LOG.debug('Progress not saved: %s', error, instance=self._instance)

    def _task_state(self, params: dict[str, Any]) -> None:
        expected = params.get('expected')
        # The first change must not name an expected state at all (SNAP-3).
        arguments = {} if expected is None else {'expected_state': expected}
        self._update_task_state(task_state=params['taskState'], **arguments)
