"""Client network adapters, and VLANs on the network bridge."""

from .checks import check, equal, true


def _bridge(context):
    from pypowervm.wrappers import managed_system, network
    return network.NetBridge.get(context.adapter, parent_type=managed_system.System,
                                 parent_uuid=context.system.uuid)[0]


@check('create a client network adapter with a MAC of our own, then delete it')
def adapter(context):
    from pypowervm.tasks import cna
    from pypowervm.wrappers import logical_partition, network
    created = cna.crt_cna(context.adapter, context.system.uuid, context.state['lpar'], 100, mac_addr='FA163E000001')
    equal(created.mac, 'FA163E000001', 'MAC')
    equal(created.pvid, 100, 'VLAN')
    true(created.slot > 1, 'slot')
    parent = {'parent_type': logical_partition.LPAR, 'parent_uuid': context.state['lpar']}
    equal(len(network.CNA.get(context.adapter, **parent)), 1, 'adapters')
    created.delete()
    equal(network.CNA.get(context.adapter, **parent), [], 'adapters left')


@check('network bridge: two SEAs, trunk adapters, load groups agree')
def bridge(context):
    found = _bridge(context)
    true(len(found.seas) >= 1, 'SEAs')
    equal(found.seas[0].pvid, found.pvid, 'PVID')
    equal(found.load_grps[0].pvid, found.pvid, 'primary load group')


@check('network bridge: control channel', only='NovaLink')
def control_channel(context):
    from pypowervm.wrappers import network, virtual_io_server
    found = _bridge(context)
    equal(found.control_channel_id, 99, 'VLAN')
    for sea in found.seas:
        own = network.CNA.get(context.adapter, parent_type=virtual_io_server.VIOS, parent_uuid=sea.vio_uri.split('/')[-1])
        equal([(one.dev_name, one.pvid) for one in own], [(sea.control_channel, 99)], 'adapters of the VIOS')
        true(sea.contains_device(sea.control_channel), 'device of the SEA')


@check('SEA VLAN provisioning: ensure twenty-one VLANs, then remove them')
def vlans(context):
    from pypowervm.tasks import network_bridger
    wanted = list(range(200, 221))
    uuid = _bridge(context).uuid
    # A load group of an HMC has room for nineteen; pypowervm cannot make two of them in one call.
    for batch in (wanted[:19], wanted[19:]) if context.hmc else (wanted,):
        network_bridger.ensure_vlans_on_nb(context.adapter, context.system.uuid, uuid, batch)
    after = _bridge(context)
    true(all(after.supports_vlan(vlan) for vlan in wanted), 'all VLANs served')
    for sea in after.seas:
        for trunk in sea.addl_adpts:
            true(len(trunk.tagged_vlans) <= 20, 'at most twenty VLANs on a trunk')
    for vlan in wanted:
        network_bridger.remove_vlan_from_nb(context.adapter, context.system.uuid, uuid, vlan)
    true(not any(_bridge(context).supports_vlan(vlan) for vlan in wanted), 'no VLAN left')


@check('delete the partition')
def delete(context):
    from pypowervm import exceptions
    from pypowervm.wrappers import logical_partition
    context.partition().delete()
    try:
        logical_partition.LPAR.get(context.adapter, uuid=context.state['lpar'])
    except exceptions.HttpError as error:
        equal(error.response.status, 404, 'status')
    else:
        raise AssertionError('still there')
