"""Every wrapper's get."""

from .checks import check, equal, true


@check('managed system: capacity, capabilities, identity')
def managed_system(context):
    system = context.system
    true(system.system_name, 'name')
    true(system.mtms.mtms_str.count('*') == 1, 'machine type, model and serial')
    true(system.memory_configurable > system.memory_free > 0, 'memory')
    true(system.proc_units_configurable >= system.proc_units_avail > 0, 'processor units')
    true(system.memory_region_size > 0, 'memory region size')
    true('default' in system.proc_compat_modes, 'compatibility modes')
    true(isinstance(system.get_capabilities(), dict), 'capabilities')


@check('VIOS feed with every group')
def vios_feed(context):
    from pypowervm import const
    vioses = context.vioses(const.XAG.VIO_SMAP, const.XAG.VIO_FMAP, const.XAG.VIO_STOR, const.XAG.VIO_NET)
    true(len(vioses) >= 2, 'two VIOSes')
    for vios in vioses:
        equal(vios.state, 'running', 'state')
        equal(vios.rmc_state, 'active', 'RMC')
        true(vios.etag, 'ETag')
        list(vios.scsi_mappings), list(vios.vfc_mappings), list(vios.phys_vols), list(vios.seas)


@check('refreshing an unchanged object keeps its ETag')
def refresh(context):
    vios = context.vioses()[0]
    before = vios.etag
    equal(vios.refresh().etag, before, 'ETag')


@check('search by name and by id, ROOT and CHILD addressing')
def search(context):
    from pypowervm.wrappers import virtual_io_server
    vios = context.vioses()[0]
    by_name = virtual_io_server.VIOS.search(context.adapter, name=vios.name)
    by_id = virtual_io_server.VIOS.search(context.adapter, id=vios.id)
    # An HMC searches all its systems, and both have a VIOS of this name.
    equal(len(by_name), len(context.systems), 'by name')
    for found in (by_name, by_id):
        true(vios.uuid in [one.uuid for one in found], 'the VIOS itself')
    equal(virtual_io_server.VIOS.search(context.adapter, name='no such'), [], 'nothing')
    child = context.adapter.read('ManagedSystem', root_id=context.system.uuid, child_type='VirtualIOServer')
    equal(len(child.feed.entries), len(context.vioses()), 'CHILD feed')


@check('management console, virtual switches, shared processor pools')
def others(context):
    from pypowervm.wrappers import management_console, managed_system, network, shared_proc_pool
    equal(len(management_console.ManagementConsole.get(context.adapter)), 1, 'consoles')
    parent = {'parent_type': managed_system.System, 'parent_uuid': context.system.uuid}
    names = {switch.name for switch in network.VSwitch.get(context.adapter, **parent)}
    true({'ETHERNET0', 'MGMTSWITCH'} <= names, 'switches: %s' % names)
    equal(len(shared_proc_pool.SharedProcPool.get(context.adapter, **parent)), 64, 'pools')


@check('management partition and active VIOSes', only='NovaLink')
def readiness(context):
    from pypowervm.tasks import partition
    true(partition.get_mgmt_partition(context.adapter).is_mgmt_partition, 'management partition')
    equal(len(partition.get_active_vioses(context.adapter)), len(context.vioses()), 'active VIOSes')
    partition.validate_vios_ready(context.adapter)


@check('a missing object is a 404 error document')
def missing(context):
    from pypowervm import exceptions
    from pypowervm.wrappers import logical_partition
    try:
        logical_partition.LPAR.get(context.adapter, uuid='00000000-0000-4000-8000-000000000000')
    except exceptions.HttpError as error:
        equal(error.response.status, 404, 'status')
        true(error.her_wrap is not None, 'error document')
    else:
        raise AssertionError('found')
