"""Virtual disks, optical media, mappings, scrubbing."""

import hashlib
import io

from .checks import check, equal, true

CONTENT = b'a stranger was here\n' * 50000


@check('create a media repository where there is none')
def repository(context):
    from pypowervm.tasks import vopt
    vios_uuid, group_uuid = vopt.validate_vopt_repo_exists(context.adapter)
    true(vios_uuid and group_uuid, 'repository')
    context.state['vopt_vios'] = vios_uuid


@check('upload an image to a new virtual disk')
def upload(context):
    from pypowervm.tasks import storage
    vios_uuid, group = context.volume_group()
    disk, left = storage.upload_new_vdisk(
        context.adapter, vios_uuid, group.uuid, io.BytesIO(CONTENT), 'strangerdisk', len(CONTENT), d_size=2 << 30,
        sha_chksum=hashlib.sha256(CONTENT).hexdigest())
    true(left is None, 'the descriptor is gone')
    true(disk.udid.startswith('03'), 'UDID %s' % disk.udid)
    equal(disk.capacity, 2.0, 'capacity in GB')
    context.state['disk'] = disk


@check('copy a virtual disk')
def copy(context):
    from pypowervm.tasks import storage
    vios_uuid, group = context.volume_group()
    disk = storage.crt_copy_vdisk(context.adapter, vios_uuid, group.uuid, context.state['disk'].udid, 1 << 30,
                                  'strangercopy', d_size=3 << 30)
    equal(disk.capacity, 3.0, 'capacity in GB')


@check('map and unmap a virtual disk')
def vdisk_mapping(context):
    from pypowervm.tasks import scsi_mapper
    vios_uuid, _group = context.volume_group()
    lpar = context.partition()
    vios = scsi_mapper.add_vscsi_mapping(context.system.uuid, vios_uuid, lpar.uuid, context.state['disk'])
    maps = scsi_mapper.find_maps(vios.scsi_mappings, client_lpar_id=lpar.id)
    equal(len(maps), 1, 'mappings')
    mapping = maps[0]
    equal(mapping.backing_storage.name, 'strangerdisk', 'backing storage')
    true(mapping.server_adapter.name.startswith('vhost'), 'server adapter name')
    true(mapping.client_adapter.lpar_slot_num > 1, 'client slot')
    true(mapping.target_dev.lua.startswith('0x8'), 'logical unit address')
    equal(mapping.client_adapter.vios_id, vios.id, 'VIOS id of the client adapter')
    equal(mapping.server_adapter.lpar_id, lpar.id, 'partition id of the server adapter')
    again = scsi_mapper.add_vscsi_mapping(context.system.uuid, vios_uuid, lpar.uuid, context.state['disk'])
    equal(len(scsi_mapper.find_maps(again.scsi_mappings, client_lpar_id=lpar.id)), 1, 'mapped once')
    vios, removed = scsi_mapper.remove_vdisk_mapping(context.adapter, vios_uuid, lpar.id, disk_names=['strangerdisk'])
    equal(len(removed), 1, 'removed')
    equal(scsi_mapper.find_maps(vios.scsi_mappings, client_lpar_id=lpar.id), [], 'mappings left')


@check('upload an ISO, map it, unmap it')
def optical(context):
    from pypowervm.tasks import scsi_mapper, storage
    vios_uuid = context.state['vopt_vios']
    media, left = storage.upload_vopt(context.adapter, vios_uuid, io.BytesIO(CONTENT), 'stranger.iso', len(CONTENT))
    true(left is None, 'the descriptor is gone')
    lpar = context.partition()
    vios = scsi_mapper.add_vscsi_mapping(context.system.uuid, vios_uuid, lpar.uuid, media)
    maps = scsi_mapper.find_maps(vios.scsi_mappings, client_lpar_id=lpar.id)
    equal([m.backing_storage.name for m in maps if m.backing_storage.name != 'strangerdisk'], ['stranger.iso'], 'media')
    true(maps[0].backing_storage.udid.startswith('0e'), 'media UDID')
    _vios, removed = scsi_mapper.remove_vopt_mapping(context.adapter, vios_uuid, lpar.id, media_name='stranger.iso')
    equal(len(removed), 1, 'removed')


@check('remove the media and the disks')
def remove(context):
    from pypowervm.tasks import storage
    from pypowervm.wrappers import storage as elements
    from pypowervm.wrappers import virtual_io_server
    for group in elements.VG.get(context.adapter, parent_type=virtual_io_server.VIOS,
                                 parent_uuid=context.state['vopt_vios']):
        for repo in group.vmedia_repos:
            media = [one for one in repo.optical_media if one.name == 'stranger.iso']
            if media:
                storage.rm_vg_storage(group, vopts=media)
    _vios_uuid, group = context.volume_group()
    disks = [disk for disk in group.virtual_disks if disk.name.startswith('stranger')]
    equal(len(disks), 2, 'disks before')
    storage.rm_vg_storage(group, vdisks=disks)
    _vios_uuid, group = context.volume_group()
    equal([disk.name for disk in group.virtual_disks if disk.name.startswith('stranger')], [], 'disks after')


@check('comprehensive scrub finds nothing to do on a healthy system')
def scrub(context):
    from pypowervm.tasks import storage
    storage.ComprehensiveScrub(context.adapter).execute()
