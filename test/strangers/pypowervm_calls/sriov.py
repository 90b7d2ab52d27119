"""SR-IOV ports and vNICs."""

from .checks import check, equal, true


@check('SR-IOV: relabel a port, back a vNIC by two ports, delete it')
def vnic(context):
    from pypowervm.tasks import sriov
    from pypowervm.wrappers import iocard
    sriov.safe_update_pports(context.system, _relabel)
    ports = sriov.find_pports_for_portlabel('stranger', context.adapter)
    equal(len(ports), 2, 'labelled ports')
    equal([port.allocated_capacity for port in ports], [0.0, 0.0], 'capacity')
    lpar = context.partition()
    device = iocard.VNIC.bld(context.adapter, pvid=55, mac_addr='FA163E0000FF')
    sriov.set_vnic_back_devs(device, [port.loc_code for port in ports], sys_w=context.system,
                             vioses=context.vioses(), redundancy=2, capacity=0.04)
    created = device.create(parent=lpar)
    equal(created.mac, 'FA163E0000FF', 'MAC')
    equal(len(created.back_devs), 2, 'backing devices')
    equal(sorted(dev.is_active for dev in created.back_devs), [False, True], 'one is active')
    equal([dev.capacity for dev in created.back_devs], [0.04, 0.04], 'capacity')
    true(all(dev.status == iocard.VNICBackDevStatus.OPERATIONAL for dev in created.back_devs), 'status')
    used = sriov.find_pports_for_portlabel('stranger', context.adapter)
    equal([port.allocated_capacity for port in used], [0.04, 0.04], 'capacity taken')
    equal(len(sriov.get_lpar_vnics(context.adapter)), len({one.uuid for one in _lpars(context)}), 'partitions asked')
    created.delete()
    equal(iocard.VNIC.get(context.adapter, parent=lpar), [], 'vNICs left')


@check('SR-IOV: converged and RoCE ports carry logical ports too', only='NovaLink')
def port_types(context):
    from pypowervm.wrappers import iocard
    found = next(one for one in context.system.asio_config.sriov_adapters if not _is_plain(one))
    kinds = [type(port) for port in found.phys_ports]
    equal(kinds, [iocard.SRIOVConvPPort, iocard.SRIOVRoCEPPort, iocard.SRIOVEthPPort], 'kinds of ports')
    lpar = context.partition()
    for port in found.phys_ports:
        built = iocard.SRIOVEthLPort.bld(context.adapter, found.sriov_adap_id, port.port_id, cfg_capacity=0.02)
        made = built.create(parent=lpar)
        equal((made.sriov_adap_id, made.pport_id), (found.sriov_adap_id, port.port_id), 'place')
        made.delete()


def _relabel(system):
    for adapter in system.asio_config.sriov_adapters:
        if _is_plain(adapter):
            adapter.phys_ports[0].label = 'stranger'
    return True


def _is_plain(adapter):
    from pypowervm.wrappers import iocard
    return all(type(port) is iocard.SRIOVEthPPort for port in adapter.phys_ports)


def _lpars(context):
    from pypowervm.wrappers import logical_partition
    return logical_partition.LPAR.get(context.adapter)
