"""The Shared Storage Pool: image, linked clone, mapping, deletion."""

import io

from .checks import check, equal, true

CONTENT = b'an image of a stranger\n' * 40000


def _pool(context):
    from pypowervm.wrappers import cluster, storage
    found = cluster.Cluster.get(context.adapter)
    equal(len(found), 1, 'clusters')
    pool = storage.SSP.get_by_href(context.adapter, found[0].ssp_uri)
    return found[0], pool


@check('cluster, pool and its one default tier', only='NovaLink')
def pool(context):
    from pypowervm.tasks import storage
    cluster, ssp = _pool(context)
    equal(len(cluster.nodes), 4, 'nodes of two systems')
    equal(sorted(bool(node.vios_uri) for node in cluster.nodes), [False, False, True, True], 'managed nodes')
    true(ssp.capacity >= ssp.free_space > 0, 'capacity %s, free %s' % (ssp.capacity, ssp.free_space))
    true(storage.default_tier_for_ssp(ssp).is_default, 'default tier')


@check('the job LULinkedClone, as clients ran it before units could be cloned directly', only='NovaLink')
def linked_clone_job(context):
    from pypowervm.tasks import storage
    from pypowervm.wrappers import job
    from pypowervm.wrappers import storage as elements
    cluster, ssp = _pool(context)
    tier = storage.default_tier_for_ssp(ssp)
    _tier, image = storage.crt_lu(tier, 'image_job', 1, typ=elements.LUType.IMAGE)
    _tier, disk = storage.crt_lu(tier, 'boot_job', 1, thin=True, typ=elements.LUType.DISK)
    clone = job.Job.wrap(context.adapter.read(cluster.schema_type, suffix_type='do', suffix_parm='LULinkedClone'))
    clone.run_job(cluster.uuid, job_parms=[clone.create_job_parameter('SourceUDID', image.udid),
                                           clone.create_job_parameter('DestinationUDID', disk.udid)])
    fresh = next(lu for lu in elements.LUEnt.get(context.adapter, parent=tier) if lu.name == 'boot_job')
    equal(fresh.cloned_from_udid[2:], image.udid[2:], 'cloned from')
    storage.rm_tier_storage([fresh], tier=tier)
    equal([lu.name for lu in elements.LUEnt.get(context.adapter, parent=tier)], [], 'both are gone')


@check('upload an image once per cluster, clone it, delete both', only='NovaLink')
def clone(context):
    from pypowervm.tasks import cluster_ssp, scsi_mapper, storage
    from pypowervm.wrappers import storage as elements
    _cluster, ssp = _pool(context)
    tier = storage.default_tier_for_ssp(ssp)
    vios = context.vioses()[0]
    arguments = (tier, 'image_stranger', vios.uuid, io.BytesIO(CONTENT), len(CONTENT))
    image = cluster_ssp.get_or_upload_image_lu(*arguments, upload_type=storage.UploadType.IO_STREAM)
    again = cluster_ssp.get_or_upload_image_lu(*arguments, upload_type=storage.UploadType.IO_STREAM)
    equal(again.udid, image.udid, 'the image is uploaded once')
    true(image.udid.startswith('29'), 'UDID %s' % image.udid)
    _tier, disk = storage.crt_lu(tier, 'boot_stranger', 1, typ=elements.LUType.DISK, clone=image)
    true(disk.cloned_from_udid[2:] == image.udid[2:], 'cloned from')
    equal(disk.capacity, 1.0, 'capacity')
    equal(disk.in_use, False, 'in use')
    lpar = context.partition()
    scsi_mapper.add_vscsi_mapping(context.system.uuid, vios.uuid, lpar.uuid, disk)
    fresh = next(lu for lu in elements.LUEnt.get(context.adapter, parent=tier) if lu.name == 'boot_stranger')
    equal(fresh.in_use, True, 'in use once mapped')
    _vios, removed = scsi_mapper.remove_lu_mapping(context.adapter, vios.uuid, lpar.id, disk_names=['boot_stranger'])
    equal([lu.name for lu in removed], ['boot_stranger'], 'unmapped')
    storage.rm_tier_storage([disk], tier=tier)
    left = [lu.name for lu in elements.LUEnt.get(context.adapter, parent=tier)]
    equal(left, [], 'the image went with its last clone')
