"""Every wrapper of pypowervm reads what it wraps: whoever adds a wrapper must say here where it is found."""

import importlib
import pkgutil

from .checks import check, equal, true

# Documents that answer other requests, bases of others, and what pypowervm makes of a job's result.
NO_FEED = {'BasePartition', '_VStorageAdapterEntry', 'HttpError', 'Job', 'DPO', 'Event'}


def _wrappers():
    import pypowervm.wrappers
    from pypowervm.wrappers import entry_wrapper
    for module in pkgutil.iter_modules(pypowervm.wrappers.__path__):
        importlib.import_module('pypowervm.wrappers.' + module.name)
    found, waiting = {}, [entry_wrapper.EntryWrapper]
    while waiting:
        for one in waiting.pop().__subclasses__():
            found[one.__name__] = one
            waiting.append(one)
    return found


def _parents(context):
    """Type of a wrapper -> what `get` needs besides the adapter."""
    from pypowervm.wrappers import enterprise_pool, logical_partition, managed_system, storage, virtual_io_server
    system = {'parent_type': managed_system.System, 'parent_uuid': context.system.uuid}
    lpar = {'parent_type': logical_partition.LPAR, 'parent_uuid': context.state['lpar']}
    vios = {'parent_type': virtual_io_server.VIOS, 'parent_uuid': context.vioses()[0].uuid}
    places = dict.fromkeys(('ManagedSystem', 'LogicalPartition', 'VirtualIOServer', 'Cluster', 'SharedStoragePool',
                            'Tier', 'ManagementConsole', 'PowerEnterprisePool'), {})
    places['File'] = {'service': 'web'}
    places.update(dict.fromkeys((
        'VirtualSwitch', 'VirtualNetwork', 'NetworkBridge', 'SharedProcessorPool', 'VirtualSerialNumberInformation',
        'PersistentMemoryDevice', 'PersistentMemoryVolume', 'VirtualPersistentMemoryVolume'), system))
    places.update(dict.fromkeys(('ClientNetworkAdapter', 'VirtualNICDedicated', 'SRIOVEthernetLogicalPort',
                                 'VirtualFibreChannelClientAdapter'), lpar))
    places.update(dict.fromkeys(('VolumeGroup', 'VirtualSCSIBus'), vios))
    for child, parent in (('LogicalUnit', storage.Tier), ('PowerEnterprisePoolMember', enterprise_pool.Pool)):
        first = next(iter(parent.get(context.adapter)), None)
        places[child] = {'parent_type': parent, 'parent_uuid': first.uuid} if first else None
    return places


@check('every wrapper reads its feed')
def feeds(context):
    places = _parents(context)
    # Pools, tiers and units need a Shared Storage Pool, enterprise pools an HMC.
    missing = {'LogicalUnit'} if context.hmc else {'PowerEnterprisePoolMember'}
    equal({name for name, place in places.items() if place is None}, missing, 'without a parent')
    for name, wrapper in sorted(_wrappers().items()):
        if name in NO_FEED or wrapper.schema_type in missing:
            continue
        if wrapper.schema_type == 'ManagedSystemPcmPreference':
            href = context.adapter.build_href('ManagedSystem', root_id=context.system.uuid,
                                              child_type='preferences', service='pcm')
            equal(len(wrapper.wrap(context.adapter.read_by_href(href))), 1, 'preferences')
            continue
        true(wrapper.schema_type in places, '%s is read nowhere' % name)
        for found in wrapper.get(context.adapter, **places[wrapper.schema_type]):
            equal(found.schema_type, wrapper.schema_type, 'type of a %s' % name)
            true(found.uuid, 'UUID of a %s' % name)
