"""Snapshots and the image cache (requirements 5.2, 5.3)."""

from nova import objects
from nova.compute import task_states
from nova.image import glance

from openstack_powervm.compute import convert, image_access, updates


class ImageCalls:
    """Mixed into the driver."""

    def snapshot(self, context, instance, image_id, update_task_state):
        """The daemon streams the disk to the image that Nova has made; here it only gets its description."""
        states = _TaskStates(update_task_state)
        self._describe(context, instance, image_id)
        self._bridge.call(
            'snapshot', context, updates.Listener(instance, states.change), instance=convert.instance(instance),
            imageId=image_id, imageAccess=image_access.required(context))
        states.finish()

    @staticmethod
    def _describe(context, instance, image_id):
        """Formats are needed before the bytes; the name stays, visibility is not touched (SNAP-6)."""
        api = glance.API()
        name = api.get(context, image_id)['name']
        api.update(context, image_id, purge_props=False, image_info={
            'name': name,
            'disk_format': 'raw',
            'container_format': 'bare',
            'properties': {
                'image_location': 'snapshot',
                'image_state': 'available',
                'owner_id': instance.project_id,
            },
        })

    def cache_image(self, context, image_id):
        meta = objects.ImageMeta.from_dict(glance.API().get(context, image_id))
        return self._bridge.call('cacheImage', context, image=convert.image(meta),
                                 imageAccess=image_access.required(context))

    def manage_image_cache(self, context, all_instances):
        used = {instance.image_ref for instance in all_instances
                if instance.image_ref and instance.host == self._conf.host}
        self._bridge.call('manageImageCache', context, usedImageIds=sorted(used))


class _TaskStates:
    """Nova expects the server in IMAGE_UPLOADING at the end, whichever states the daemon has told."""

    ORDER = (task_states.IMAGE_PENDING_UPLOAD, task_states.IMAGE_UPLOADING)

    def __init__(self, update_task_state):
        self._update = update_task_state
        self._current = None

    def change(self, task_state, **expected):
        self._update(task_state=task_state, **expected)
        self._current = task_state

    def finish(self):
        pending, uploading = self.ORDER
        if self._current is None:
            self.change(pending)
        if self._current == pending:
            self.change(uploading, expected_state=pending)
