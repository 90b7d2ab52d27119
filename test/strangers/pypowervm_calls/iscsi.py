"""Disks of an iSCSI target; the jobs are there on a NovaLink only."""

from .checks import check, equal, true

IQN = 'iqn.2026-11.example.storage:volumes'
PORTAL = '192.168.30.1:3260'


@check('iSCSI: initiator, wrong secret, discovery, removal', only='NovaLink')
def discover(context):
    from pypowervm import const, exceptions
    from pypowervm.tasks import hdisk
    vios = context.vioses()[0]
    true(hdisk.discover_iscsi_initiator(context.adapter, vios.uuid).startswith('iqn.'), 'initiator')
    try:
        hdisk.discover_iscsi(context.adapter, PORTAL, 'stranger', 'wrong', IQN, vios.uuid, lunid=1)
    except exceptions.ISCSIDiscoveryFailed as error:
        true('24' in str(error), 'reason: %s' % error)
    else:
        raise AssertionError('logged in with a wrong secret')
    name, udid = hdisk.discover_iscsi(context.adapter, PORTAL, 'stranger', 'chap-secret', IQN, vios.uuid, lunid=1)
    disks = {pv.name: pv.udid for pv in context.vioses(const.XAG.VIO_STOR)[0].phys_vols}
    equal(disks.get(name), udid, 'disk of the VIOS')
    hdisk.remove_iscsi(context.adapter, IQN, vios.uuid, lun=1, portal=PORTAL)
    true(name not in [pv.name for pv in context.vioses(const.XAG.VIO_STOR)[0].phys_vols], 'removed')
