"""Partitions that changed their state by themselves, as Nova's lifecycle events (requirements 17.1)."""

from collections.abc import Callable
from typing import Any

from nova import context as nova_context
from nova import exception
from nova import objects
from nova.compute import power_state
from nova.virt import event
from oslo_log import log as logging

LOG = logging.getLogger(__name__)

#: By transition: Nova's event, and the stored power state in which there is nothing to tell (EV-6).
TRANSITIONS = {
    'started': (event.EVENT_LIFECYCLE_STARTED, power_state.RUNNING),
    'stopped': (event.EVENT_LIFECYCLE_STOPPED, power_state.SHUTDOWN),
    'suspended': (event.EVENT_LIFECYCLE_SUSPENDED, power_state.SUSPENDED),
    'resumed': (event.EVENT_LIFECYCLE_RESUMED, power_state.RUNNING),
}


class LifecycleEvents:
    """Handles the daemon's ``lifecycle`` notifications.

    Runs on the notifier's thread, which under eventlet is a green one: Nova's objects may be used here, and the
    manager's handler runs to its end before ``emit`` returns.
    """

    def __init__(self, emit: Callable[[event.LifecycleEvent], None]):
        self._emit = emit

    def handle(self, name: str, params: dict[str, Any]) -> None:
        if name != 'lifecycle':
            return
        instance = _find(params['candidates'])
        if instance is None:
            return
        kind, settled = TRANSITIONS[params['transition']]
        # An operation of Nova's own is under way and will settle the state itself (EV-7).
        if instance.task_state is not None or instance.power_state == settled:
            return
        LOG.info('The partition has %s by itself', params['transition'], instance=instance)
        self._emit(event.LifecycleEvent(instance.uuid, kind))


def _find(candidates: list[str]) -> Any:
    """The first candidate that Nova knows (ID-3); None is normal: not every partition is Nova's."""
    context = nova_context.get_admin_context()
    for candidate in candidates:
        try:
            return objects.Instance.get_by_uuid(context, candidate)
        except exception.InstanceNotFound:
            continue
    return None
