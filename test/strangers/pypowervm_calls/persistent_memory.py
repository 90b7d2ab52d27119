"""Persistent memory: devices of the system, volumes of a partition."""

from .checks import check, equal, true


@check('persistent memory: devices, and a volume that is made, renamed and deleted')
def volume(context):
    from pypowervm import exceptions
    from pypowervm.wrappers import managed_system, pmem
    system = context.system
    parent = {'parent_type': managed_system.System, 'parent_uuid': system.uuid}
    true(system.get_capabilities()['PersistentMemoryCapable'], 'capability')
    true(system.get_capabilities()['vpmem_lpm_capable'], 'migration')
    device = pmem.PersistentMemoryDevice.get(context.adapter, **parent)[0]
    equal(device.totalsize - device.freesize, pmem.PersistentMemoryVolume.get(context.adapter, **parent)[0].size,
          'space of the device')
    lpar = context.partition()
    size = 2 * system.dram_pmem_vol_blksize
    built = pmem.VirtualPMEMVolume.bld(context.adapter, lpar.id, 'stranger', size)
    built.set_uuid('12345678-1234-4234-8234-123456789abc')
    made = built.create(parent=lpar)
    equal((made.pmem_vol_uuid, made.cur_size, made.affinity), ('12345678-1234-4234-8234-123456789ABC', size, True),
          'volume')
    equal((made.assoc_partition_name, made.assoc_partition_id), (lpar.name, lpar.id), 'partition')
    equal(context.partition().cur_dram_pmem_volumes, 1, 'volumes of the partition')
    equal(context.system.dram_pmem_vol_size, size, 'volumes of the system')
    made.name = 'renamed'
    made = made.update()
    equal(made.name, 'renamed', 'name')
    try:
        pmem.VirtualPMEMVolume.bld(context.adapter, lpar.id, 'renamed', size).create(parent=lpar)
    except exceptions.HttpError as error:
        equal(error.response.status, 409, 'status')
    else:
        raise AssertionError('a second volume of the name')
    made.delete()
    equal(pmem.VirtualPMEMVolume.get(context.adapter, parent=lpar), [], 'volumes left')
