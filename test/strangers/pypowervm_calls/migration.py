"""Partition mobility to the second system."""

from .checks import check, equal, true

# The array's LUN that every VIOS sees.
SHARED_MB = 20 * 1024


def _shared_disk(context, vios):
    from pypowervm import const
    from pypowervm.wrappers import virtual_io_server
    seen = virtual_io_server.VIOS.get(context.adapter, uuid=vios.uuid, xag=[const.XAG.VIO_STOR])
    return next(pv for pv in seen.phys_vols if pv.capacity == SHARED_MB)


def _remote(context):
    """What the job must know about the console of the target: nothing when it is this one."""
    if context.hmc:
        return {}
    return {'tgt_mgmt_svr': '127.0.0.1', 'tgt_mgmt_usr': 'wlp'}


def _guest(context):
    from pypowervm.tasks import power, scsi_mapper
    from pypowervm.utils import lpar_builder
    from pypowervm.wrappers import storage
    system = context.system
    built = lpar_builder.LPARBuilder(context.adapter, {
        'name': 'stranger-mover', 'memory': system.memory_region_size, 'vcpu': 1},
        lpar_builder.DefaultStandardize(system)).build()
    lpar = built.create(parent=system)
    vios = context.vioses()[0]
    disk = storage.PV.bld(context.adapter, _shared_disk(context, vios).name)
    scsi_mapper.add_vscsi_mapping(system.uuid, vios.uuid, lpar.uuid, disk)
    _vnic(context, lpar)
    power.PowerOp.start(lpar)
    context.eventually(lambda: lpar.refresh().rmc_state == 'active', 'RMC')
    return lpar.refresh()


def _vnic(context, lpar):
    from pypowervm.tasks import sriov
    from pypowervm.wrappers import iocard
    ports = [port.loc_code for port in sriov.find_pports_for_portlabel('data', context.adapter, msys=context.system)]
    nic = iocard.VNIC.bld(context.adapter, mac_addr='FA163E0000EE')
    sriov.set_vnic_back_devs(nic, ports, sys_w=context.system, vioses=context.vioses(), capacity=0.02)
    nic.create(parent=lpar)


def _no_storage_of(context, lpar):
    from pypowervm import const
    return not any(one.client_adapter is not None and one.client_adapter.lpar_id == lpar.id
                   for vios in context.vioses(const.XAG.VIO_SMAP) for one in vios.scsi_mappings)


@check('migration: validate, learn why not, migrate, find it on the target')
def migrate(context):
    from pypowervm import exceptions
    from pypowervm.tasks import management_console, migration
    from pypowervm.wrappers import iocard, logical_partition
    lpar = _guest(context)
    capable, reason = lpar.can_lpm(context.system)
    true(capable, 'can_lpm: %s' % reason)
    equal(lpar.migration_state, 'Not_Migrating', 'migration state')
    target = context.peer or context.adapter
    if context.peer:
        try:
            migration.migrate_lpar(lpar, 'sim2', validate_only=True, **_remote(context))
        except exceptions.JobRequestFailed as error:
            true('key' in str(error), 'reason: %s' % error)
        else:
            raise AssertionError('a console without our key let us in')
        management_console.add_authorized_key(target, management_console.get_public_key(context.adapter))
    try:
        migration.migrate_lpar(lpar, 'sim2', validate_only=True, virtual_scsi_mappings=['99//1'], **_remote(context))
    except exceptions.JobRequestFailed as error:
        true('99' in str(error), 'reason: %s' % error)
    else:
        raise AssertionError('a mapping of a slot that is not there')
    migration.migrate_lpar(lpar, 'sim2', validate_only=True, **_remote(context))
    migration.migrate_lpar(lpar, 'sim2', sdn_override=True, vlan_check_override=True, **_remote(context))
    moved = logical_partition.LPAR.get(target, uuid=lpar.uuid)
    equal(moved.state, 'running', 'state on the target')
    equal(moved.migration_state, 'Not_Migrating', 'migration state on the target')
    equal([one.mac for one in iocard.VNIC.get(target, parent=moved)], ['FA163E0000EE'], 'vNICs on the target')
    true(_no_storage_of(context, lpar), 'mappings left on the source')
    if context.peer:
        equal(logical_partition.LPAR.search(context.adapter, name='stranger-mover'), [], 'left on the source')


@check('migration: nothing to abort or recover')
def nothing(context):
    from pypowervm import exceptions
    from pypowervm.tasks import migration, power, power_opts
    from pypowervm.wrappers import logical_partition
    target = context.peer or context.adapter
    lpar = logical_partition.LPAR.search(target, name='stranger-mover', one_result=True)
    for operation in (migration.migrate_abort, migration.migrate_recover):
        try:
            operation(lpar)
        except exceptions.JobRequestFailed:
            continue
        raise AssertionError('%s went through' % operation.__name__)
    power.PowerOp.stop(lpar, opts=power_opts.PowerOffOpts().vsp_hard())
    lpar.refresh().delete()
