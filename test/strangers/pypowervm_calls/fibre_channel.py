"""NPIV mappings, and disks of an array."""

import json
import urllib.request

from .checks import check, equal, true


def _simulator(context, method, path, body=None):
    request = urllib.request.Request(context.url.geturl() + path, method=method,
                                     data=None if body is None else json.dumps(body).encode())
    with urllib.request.urlopen(request) as answer:
        text = answer.read()
    return json.loads(text) if text else None


@check('NPIV: derive a port map, map it, find it, unmap it')
def npiv(context):
    from pypowervm import const
    from pypowervm.tasks import vfc_mapper
    vioses = context.vioses(const.XAG.VIO_FMAP, const.XAG.VIO_STOR)
    equal(sorted(port.name for port in vioses[0].pfc_ports), ['fcs0', 'fcs1', 'fcs2'], 'ports')
    wwpns = vioses[0].get_active_pfc_wwpns()
    equal(len(wwpns), 2, 'ports with NPIV')
    pair = vfc_mapper.build_wwpn_pair(context.adapter, context.system.uuid)
    equal(len(pair), 2, 'WWPNs')
    ports = vfc_mapper.derive_npiv_map(vioses, wwpns[:1], pair)
    lpar = context.partition()
    uuid = vioses[0].uuid
    vfc_mapper.add_map(vioses[0], context.system.uuid, lpar.uuid, ports[0])
    vios = vioses[0].update()
    maps = vfc_mapper.find_maps(vios.vfc_mappings, lpar.id, port_map=ports[0])
    equal(len(maps), 1, 'mappings')
    equal({wwpn.upper() for wwpn in maps[0].client_adapter.wwpns}, {wwpn.upper() for wwpn in pair}, 'WWPNs')
    equal(maps[0].backing_port.wwpn, wwpns[0], 'backing port')
    equal(maps[0].backing_port.npiv_available_ports, 63, 'ports left')
    vfc_mapper.remove_maps(vios, lpar.id, port_map=ports[0])
    vios = vios.update()
    equal(vios.uuid, uuid, 'VIOS')
    equal(vfc_mapper.find_maps(vios.vfc_mappings, lpar.id), [], 'mappings left')


@check('discover a disk of an array, map it, unmap it, remove it')
def disk(context):
    from pypowervm import const
    from pypowervm.tasks import hdisk, scsi_mapper
    from pypowervm.wrappers import storage
    vios = context.vioses(const.XAG.VIO_STOR)[0]
    array = _simulator(context, 'GET', '/simulator/arrays')[0]
    wwpns = vios.get_active_pfc_wwpns()
    itls = hdisk.build_itls(wwpns, [port['wwpn'] for port in array['ports']], 77)
    status, name, _udid = hdisk.discover_hdisk(context.adapter, vios.uuid, itls)
    true(not hdisk.good_discovery(status, name), 'nothing is exported: status %s' % status)
    lun = _simulator(context, 'PUT', '/simulator/arrays/array1/luns/77', {'sizeGb': 3, 'initiators': wwpns})
    status, name, udid = hdisk.discover_hdisk(context.adapter, vios.uuid, itls)
    true(hdisk.good_discovery(status, name), 'status %s' % status)
    equal(udid, lun['udid'], 'UDID')
    lpar = context.partition()
    volume = storage.PV.bld(context.adapter, name, udid=udid)
    scsi_mapper.add_vscsi_mapping(context.system.uuid, vios.uuid, lpar.uuid, volume)
    vios = context.vioses(const.XAG.VIO_STOR)[0]
    found = next(pv for pv in vios.phys_vols if pv.name == name)
    equal(found.capacity, 3 * 1024, 'capacity in MB')
    equal(found.avail_for_use, False, 'available while it is mapped')
    _vios, removed = scsi_mapper.remove_pv_mapping(context.adapter, vios.uuid, lpar.id, name)
    equal(len(removed), 1, 'unmapped')
    try:
        hdisk.remove_hdisk(context.adapter, context.system.system_name, name, vios.uuid)
    except TypeError:
        true(context.hmc, 'pypowervm calls the status of a CLIRunner job once that has ended')
    true(name not in [pv.name for pv in context.vioses(const.XAG.VIO_STOR)[0].phys_vols], 'removed')
