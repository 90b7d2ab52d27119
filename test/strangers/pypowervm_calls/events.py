"""The event queue."""

import threading

from .checks import check, equal, true


@check('subscribe, change a partition, hear of it')
def listen(context):
    from pypowervm import adapter as pvm_adapter
    from pypowervm.utils import lpar_builder
    heard, woken = {}, threading.Event()

    class Handler(pvm_adapter.EventHandler):
        def process(self, events):
            for uri, action in events.items():
                heard.setdefault(uri, action)
            if any('LogicalPartition' in uri for uri in heard):
                woken.set()

    listener = context.adapter.session.get_event_listener()
    handler = Handler()
    listener.subscribe(handler)
    try:
        system = context.system
        lpar = lpar_builder.LPARBuilder(context.adapter, {
            'name': 'stranger-event', 'memory': system.memory_region_size, 'vcpu': 1},
            lpar_builder.DefaultStandardize(system)).build()
        lpar = lpar.create(parent=system)
        true(woken.wait(30), 'an event within thirty seconds; heard %s' % heard)
        uris = [uri for uri in heard if lpar.uuid in uri]
        equal([heard[uri] for uri in uris], ['add'], 'what was heard of the new partition')
        lpar.delete()
    finally:
        listener.unsubscribe(handler)
        listener.shutdown()
