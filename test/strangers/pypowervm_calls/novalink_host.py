"""Files and RBD images, which only a NovaLink partition that hosts I/O serves."""

from .checks import check, equal, true

FILE = '/var/lib/pvm/fileio/volume1'
IMAGE = 'rbd/volume1'


@check('NovaLink that hosts I/O: it is the management partition, and active without RMC', only='NovaLink I/O')
def management(context):
    from pypowervm.tasks import partition, storage
    novalink = partition.get_mgmt_partition(context.adapter)
    equal(novalink.schema_type, 'VirtualIOServer', 'type')
    active = partition.get_active_vioses(context.adapter)
    equal(active[0].uuid, novalink.uuid, 'first of the active VIOSes')
    vios, group = storage.find_vg(context.adapter, 'novavg')
    equal(vios.uuid, novalink.uuid, 'host of the volume group')
    disk = storage.crt_vdisk(context.adapter, vios.uuid, group.uuid, 'hosted', 1)
    equal(disk.capacity, 1.0, 'capacity')
    storage.rm_vg_storage(storage.find_vg(context.adapter, 'novavg')[1], vdisks=[disk])


@check('NovaLink that hosts I/O: map and unmap files and RBD images', only='NovaLink I/O')
def mapping(context):
    from pypowervm.tasks import hdisk, partition, scsi_mapper, storage
    from pypowervm.wrappers import storage as elements
    novalink = partition.get_mgmt_partition(context.adapter)
    true(hdisk.rbd_exists(context.adapter, novalink.uuid, IMAGE), 'the image exists')
    equal(hdisk.rbd_exists(context.adapter, novalink.uuid, 'rbd/none'), False, 'no such image')
    lpar = context.partition()
    references = [
        elements.FileIO.bld_ref(context.adapter, FILE, backstore_type=elements.BackStoreType.LOOP, tag='volume'),
        elements.RBD.bld_ref(context.adapter, IMAGE, tag='volume', user='nova'),
    ]
    for reference in references:
        scsi_mapper.add_vscsi_mapping(context.system.uuid, novalink.uuid, lpar.uuid, reference)
    maps = scsi_mapper.find_maps(_mappings(context), client_lpar_id=lpar.uuid)
    equal(sorted(one.backing_storage.name for one in maps), [FILE, IMAGE], 'mapped')
    equal(sorted(one.backing_storage.vdtype for one in maps), ['File', 'RBD'], 'types')
    storage.rescan_vstor(novalink.uuid, FILE, adapter=context.adapter)
    _vios, removed = scsi_mapper.remove_vdisk_mapping(context.adapter, novalink.uuid, lpar.uuid,
                                                      disk_names=[FILE, IMAGE])
    equal(sorted(one.name for one in removed), [FILE, IMAGE], 'unmapped')


def _mappings(context):
    from pypowervm import const
    return next(vios for vios in context.vioses(const.XAG.VIO_SMAP) if vios.is_mgmt_partition).scsi_mappings
